/** Keeps Venus in step with Jupiter. */
@NullMarked
package org.etlsandbox.gamma;

import org.jspecify.annotations.NullMarked;
