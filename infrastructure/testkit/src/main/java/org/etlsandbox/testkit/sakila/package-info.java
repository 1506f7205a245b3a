/** A small Sakila that tests write into, in memory or through JDBC. */
@NullMarked
package org.etlsandbox.testkit.sakila;

import org.jspecify.annotations.NullMarked;
