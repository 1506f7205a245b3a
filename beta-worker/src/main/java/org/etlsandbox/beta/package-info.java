/** Keeps Neptune in step with Jupiter. */
@NullMarked
package org.etlsandbox.beta;

import org.jspecify.annotations.NullMarked;
