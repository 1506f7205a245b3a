/** Transactions that commit late and out of order, and whether each worker loses one. */
@NullMarked
package org.etlsandbox.soak.commits;

import org.jspecify.annotations.NullMarked;
