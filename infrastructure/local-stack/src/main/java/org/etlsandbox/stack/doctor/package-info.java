/** Checks this machine and Jupiter before anything is started, and says what to do. */
@NullMarked
package org.etlsandbox.stack.doctor;

import org.jspecify.annotations.NullMarked;
