/** Serves the flats of one destination over HTTP, read-only. */
@NullMarked
package org.etlsandbox.betaapi;

import org.jspecify.annotations.NullMarked;
