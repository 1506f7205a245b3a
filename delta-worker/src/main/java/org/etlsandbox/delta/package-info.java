/** Keeps ClickHouse in step with Jupiter. */
@NullMarked
package org.etlsandbox.delta;

import org.jspecify.annotations.NullMarked;
