/** A service in a JVM of its own, with the class path of this one. */
@NullMarked
package org.etlsandbox.jvm;

import org.jspecify.annotations.NullMarked;
