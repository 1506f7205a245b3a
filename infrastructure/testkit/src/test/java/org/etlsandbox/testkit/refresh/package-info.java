/** The engine's polling and refresh, against the kit's in-memory source and destination. */
@NullMarked
package org.etlsandbox.testkit.refresh;

import org.jspecify.annotations.NullMarked;
