/** A collector of traces for tests. */
@NullMarked
package org.etlsandbox.testkit.trace;

import org.jspecify.annotations.NullMarked;
