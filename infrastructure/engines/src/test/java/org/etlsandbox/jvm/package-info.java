@NullMarked
package org.etlsandbox.jvm;

import org.jspecify.annotations.NullMarked;
