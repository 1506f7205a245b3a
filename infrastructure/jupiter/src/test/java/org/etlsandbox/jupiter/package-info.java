/** What the adapter of Jupiter does on the servers it is for, and its rules without a server. */
@NullMarked
package org.etlsandbox.jupiter;

import org.jspecify.annotations.NullMarked;
