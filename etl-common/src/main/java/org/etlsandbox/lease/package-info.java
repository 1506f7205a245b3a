/** Sees to it that one leader at a time writes into a destination. */
@NullMarked
package org.etlsandbox.lease;

import org.jspecify.annotations.NullMarked;
