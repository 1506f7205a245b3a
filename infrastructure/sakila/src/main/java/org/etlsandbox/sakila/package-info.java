/**
 * A video rental shop with Sakila's tables: its schema, its first stock of data, its daily work.
 */
@NullMarked
package org.etlsandbox.sakila;

import org.jspecify.annotations.NullMarked;
