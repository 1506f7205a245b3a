/** The one mechanism: make a destination hold exactly what Jupiter has for a scope, now. */
@NullMarked
package org.etlsandbox.refresh;

import org.jspecify.annotations.NullMarked;
