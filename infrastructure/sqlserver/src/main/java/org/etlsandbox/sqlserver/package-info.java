/** Copies flats into SQL Server: bulk copy, one transaction a refresh, fenced in the database. */
@NullMarked
package org.etlsandbox.sqlserver;

import org.jspecify.annotations.NullMarked;
