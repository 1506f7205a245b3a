/** Engines and workers of a long run, each worker in a JVM of its own. */
@NullMarked
package org.etlsandbox.soak.stage;

import org.jspecify.annotations.NullMarked;
