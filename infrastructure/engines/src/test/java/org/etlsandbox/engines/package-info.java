/** Every engine, started and stopped for real. */
@NullMarked
package org.etlsandbox.engines;

import org.jspecify.annotations.NullMarked;
