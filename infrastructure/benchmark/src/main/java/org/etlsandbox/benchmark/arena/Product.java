package org.etlsandbox.benchmark.arena;

/** What a destination is. */
public enum Product {
  POSTGRESQL,
  CLICKHOUSE,
  SQLSERVER,
  /** Speaks SQL Server's protocol; its bulk copy knows no hints and converts nothing. */
  BABELFISH
}
