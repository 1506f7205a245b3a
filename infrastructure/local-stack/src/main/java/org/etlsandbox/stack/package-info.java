/** The commands of {@code ./etl} that bring up, show and stop the whole system on this machine. */
@NullMarked
package org.etlsandbox.stack;

import org.jspecify.annotations.NullMarked;
