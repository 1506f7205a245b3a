/** SQL Server passes the destination contract. */
@NullMarked
package org.etlsandbox.sqlserver;

import org.jspecify.annotations.NullMarked;
