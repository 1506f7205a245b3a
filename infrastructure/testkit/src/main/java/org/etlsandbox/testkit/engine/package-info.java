/** What tests run on: a server named by the environment, a container or an embedded engine. */
@NullMarked
package org.etlsandbox.testkit.engine;

import org.jspecify.annotations.NullMarked;
