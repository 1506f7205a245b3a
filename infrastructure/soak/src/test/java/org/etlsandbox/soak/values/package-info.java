/** Hostile values from Jupiter through the real workers into every destination. */
@NullMarked
package org.etlsandbox.soak.values;

import org.jspecify.annotations.NullMarked;
