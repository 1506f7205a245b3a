/** SQL Server passes the destination contract, and is sent what was agreed on. */
@NullMarked
package org.etlsandbox.sqlserver;

import org.jspecify.annotations.NullMarked;
