@NullMarked
package org.etlsandbox.service;

import org.jspecify.annotations.NullMarked;
