/** Polling, without databases. */
@NullMarked
package org.etlsandbox.change;

import org.jspecify.annotations.NullMarked;
