/** ClickHouse as a destination, on a real engine. */
@NullMarked
package org.etlsandbox.clickhouse;

import org.jspecify.annotations.NullMarked;
