/** The refresh, without databases. */
@NullMarked
package org.etlsandbox.refresh;

import org.jspecify.annotations.NullMarked;
