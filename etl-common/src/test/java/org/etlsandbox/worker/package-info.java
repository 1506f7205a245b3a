/** Polling, without databases. */
@NullMarked
package org.etlsandbox.worker;

import org.jspecify.annotations.NullMarked;
