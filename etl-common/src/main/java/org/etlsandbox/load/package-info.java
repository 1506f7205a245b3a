/** Fills a new destination range by range, and goes on where it was stopped. */
@NullMarked
package org.etlsandbox.load;

import org.jspecify.annotations.NullMarked;
