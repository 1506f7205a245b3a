/** The kit's own tests. */
@NullMarked
package org.etlsandbox.testkit.engine;

import org.jspecify.annotations.NullMarked;
