/** Keeps Mars in step with Jupiter. */
@NullMarked
package org.etlsandbox.alpha;

import org.jspecify.annotations.NullMarked;
