/**
 * Where is measured: engines with fsync, databases, processes; knows nothing of what is measured.
 */
@NullMarked
package org.etlsandbox.benchmark.arena;

import org.jspecify.annotations.NullMarked;
