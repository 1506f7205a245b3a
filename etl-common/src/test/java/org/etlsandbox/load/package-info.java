/** The initial load, without databases. */
@NullMarked
package org.etlsandbox.load;

import org.jspecify.annotations.NullMarked;
