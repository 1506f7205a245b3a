/** Database servers that run on this machine without an installation, as child processes. */
@NullMarked
package org.etlsandbox.engines;

import org.jspecify.annotations.NullMarked;
