@NullMarked
package org.etlsandbox.stack.supervisor;

import org.jspecify.annotations.NullMarked;
