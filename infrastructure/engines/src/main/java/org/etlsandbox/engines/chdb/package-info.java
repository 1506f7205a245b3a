/**
 * A process of its own that serves the in-process ClickHouse engine (chDB) over the part of
 * ClickHouse's HTTP interface that its Java clients use.
 */
@NullMarked
package org.etlsandbox.engines.chdb;

import org.jspecify.annotations.NullMarked;
