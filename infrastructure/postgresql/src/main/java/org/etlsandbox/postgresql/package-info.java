/** Copies flats into PostgreSQL: binary COPY, one transaction a refresh, fenced in the database. */
@NullMarked
package org.etlsandbox.postgresql;

import org.jspecify.annotations.NullMarked;
