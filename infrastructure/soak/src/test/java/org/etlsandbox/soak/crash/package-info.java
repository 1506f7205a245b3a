@NullMarked
package org.etlsandbox.soak.crash;

import org.jspecify.annotations.NullMarked;
