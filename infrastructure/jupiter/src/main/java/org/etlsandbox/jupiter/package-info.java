/** Reads Jupiter: a MySQL or MariaDB server with the Sakila schema. */
@NullMarked
package org.etlsandbox.jupiter;

import org.jspecify.annotations.NullMarked;
