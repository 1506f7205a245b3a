@NullMarked
package org.etlsandbox.stack.plan;

import org.jspecify.annotations.NullMarked;
