/** The reference passes the contracts before anything else does. */
@NullMarked
package org.etlsandbox.testkit.memory;

import org.jspecify.annotations.NullMarked;
