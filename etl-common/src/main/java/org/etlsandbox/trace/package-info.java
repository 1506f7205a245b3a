/** What is told of the work under way: to a tracer, where there is one, and in each log line. */
@NullMarked
package org.etlsandbox.trace;

import org.jspecify.annotations.NullMarked;
