/** What the engine asks of a database it copies into. */
@NullMarked
package org.etlsandbox.destination;

import org.jspecify.annotations.NullMarked;
