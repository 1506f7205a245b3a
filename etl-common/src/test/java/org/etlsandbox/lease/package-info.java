@NullMarked
package org.etlsandbox.lease;

import org.jspecify.annotations.NullMarked;
