/** The one row set that is copied: its row, and its order. */
@NullMarked
package org.etlsandbox.flat;

import org.jspecify.annotations.NullMarked;
