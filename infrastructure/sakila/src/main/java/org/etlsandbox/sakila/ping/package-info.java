/** How long a change takes: one marked rental, followed into every destination. */
@NullMarked
package org.etlsandbox.sakila.ping;

import org.jspecify.annotations.NullMarked;
