/** What is to run and where: databases, services, ports, and what was asked for. */
@NullMarked
package org.etlsandbox.stack.plan;

import org.jspecify.annotations.NullMarked;
