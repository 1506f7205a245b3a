/** The contracts that every adapter must pass, and the rows they are proved with. */
@NullMarked
package org.etlsandbox.testkit;

import org.jspecify.annotations.NullMarked;
