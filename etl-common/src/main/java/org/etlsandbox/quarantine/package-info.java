/** Rentals that could not be copied exactly, and why. */
@NullMarked
package org.etlsandbox.quarantine;

import org.jspecify.annotations.NullMarked;
