@NullMarked
package org.etlsandbox.vault;

import org.jspecify.annotations.NullMarked;
