/** What all workers share: configuration, the loop, status, health and meters. */
@NullMarked
package org.etlsandbox.worker;

import org.jspecify.annotations.NullMarked;
