/** Certificates made for a test, and the cases that every encrypted connection must pass. */
@NullMarked
package org.etlsandbox.testkit.tls;

import org.jspecify.annotations.NullMarked;
