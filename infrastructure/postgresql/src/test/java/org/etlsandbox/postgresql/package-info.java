/** PostgreSQL passes the destination contract. */
@NullMarked
package org.etlsandbox.postgresql;

import org.jspecify.annotations.NullMarked;
