/** The one row set that is copied: its row, its key and the scopes it is copied in. */
@NullMarked
package org.etlsandbox.flat;

import org.jspecify.annotations.NullMarked;
