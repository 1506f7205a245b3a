/** How a database is reached: address, credentials, encryption and pool. */
@NullMarked
package org.etlsandbox.connection;

import org.jspecify.annotations.NullMarked;
