/** The engine's control database, on a real PostgreSQL. */
@NullMarked
package org.etlsandbox.testkit.control;

import org.jspecify.annotations.NullMarked;
