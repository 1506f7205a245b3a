/** The data directory: what it holds, who uses it, and which processes outlived their owner. */
@NullMarked
package org.etlsandbox.stack.directory;

import org.jspecify.annotations.NullMarked;
