/** How databases fail, in the few classes that the engine treats differently. */
@NullMarked
package org.etlsandbox.failure;

import org.jspecify.annotations.NullMarked;
