/** Long runs that try to make the workers lose something, with real engines and real processes. */
@NullMarked
package org.etlsandbox.soak;

import org.jspecify.annotations.NullMarked;
