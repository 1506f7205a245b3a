/** Finds out what has changed in Jupiter by polling, without losing a late commit. */
@NullMarked
package org.etlsandbox.change;

import org.jspecify.annotations.NullMarked;
