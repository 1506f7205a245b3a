/** What the engine asks of the database it copies from. */
@NullMarked
package org.etlsandbox.source;

import org.jspecify.annotations.NullMarked;
