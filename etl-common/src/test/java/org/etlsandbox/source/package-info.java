/** The initial load, without databases. */
@NullMarked
package org.etlsandbox.source;

import org.jspecify.annotations.NullMarked;
