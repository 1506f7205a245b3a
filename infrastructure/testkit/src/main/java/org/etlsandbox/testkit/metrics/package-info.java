/** What services tell Prometheus, compared with what the documentation promises. */
@NullMarked
package org.etlsandbox.testkit.metrics;

import org.jspecify.annotations.NullMarked;
