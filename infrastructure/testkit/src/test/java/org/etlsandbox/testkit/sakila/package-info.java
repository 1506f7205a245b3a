/** The kit's own tests. */
@NullMarked
package org.etlsandbox.testkit.sakila;

import org.jspecify.annotations.NullMarked;
