/** Tokens for services that run in tests. */
@NullMarked
package org.etlsandbox.testkit.access;

import org.jspecify.annotations.NullMarked;
