/** ClickHouse as a destination: its schema, its binary format and its errors. */
@NullMarked
package org.etlsandbox.clickhouse;

import org.jspecify.annotations.NullMarked;
