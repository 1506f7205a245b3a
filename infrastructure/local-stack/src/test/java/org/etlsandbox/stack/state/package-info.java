@NullMarked
package org.etlsandbox.stack.state;

import org.jspecify.annotations.NullMarked;
