@NullMarked
package org.etlsandbox.access;

import org.jspecify.annotations.NullMarked;
