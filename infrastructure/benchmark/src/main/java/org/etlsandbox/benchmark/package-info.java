/** How fast the workers are, against the ways their users would go without them. */
@NullMarked
package org.etlsandbox.benchmark;

import org.jspecify.annotations.NullMarked;
