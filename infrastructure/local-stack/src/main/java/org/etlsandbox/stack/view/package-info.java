/** How the stack is shown: on a terminal, in a log, as JSON. */
@NullMarked
package org.etlsandbox.stack.view;

import org.jspecify.annotations.NullMarked;
