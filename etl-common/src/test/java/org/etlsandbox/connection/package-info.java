@NullMarked
package org.etlsandbox.connection;

import org.jspecify.annotations.NullMarked;
