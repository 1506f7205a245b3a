/** A network between a worker and its databases that tests can break. */
@NullMarked
package org.etlsandbox.testkit.network;

import org.jspecify.annotations.NullMarked;
