/** The background process that starts engines and services in order and stops them again. */
@NullMarked
package org.etlsandbox.stack.supervisor;

import org.jspecify.annotations.NullMarked;
