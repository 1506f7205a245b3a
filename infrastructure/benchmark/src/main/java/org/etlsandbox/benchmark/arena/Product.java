package org.etlsandbox.benchmark.arena;

/** What a destination is, and how its rows are told from other rows. */
public enum Product {
  POSTGRESQL,
  CLICKHOUSE,
  SQLSERVER
}
