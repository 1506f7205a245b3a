@NullMarked
package org.etlsandbox.stack.directory;

import org.jspecify.annotations.NullMarked;
