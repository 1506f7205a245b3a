@NullMarked
package org.etlsandbox.betaapi;

import org.jspecify.annotations.NullMarked;
