/** Who may call what, how often, and what is recorded of it; the same for every service. */
@NullMarked
package org.etlsandbox.access;

import org.jspecify.annotations.NullMarked;
