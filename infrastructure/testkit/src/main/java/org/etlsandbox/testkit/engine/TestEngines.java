package org.etlsandbox.testkit.engine;

/** The products that tests can run on, one server of each a JVM. */
public final class TestEngines {
  private static final EngineUnderTest POSTGRESQL = here(TestProduct.POSTGRESQL);
  private static final EngineUnderTest MARIADB = here(TestProduct.MARIADB);
  private static final EngineUnderTest MYSQL = here(TestProduct.MYSQL);
  private static final EngineUnderTest CLICKHOUSE = here(TestProduct.CLICKHOUSE);
  private static final EngineUnderTest SQLSERVER = here(TestProduct.SQLSERVER);

  private TestEngines() {}

  /** {@code NEPTUNE_URL}, a container or embedded. */
  public static EngineUnderTest postgreSql() {
    return POSTGRESQL;
  }

  /** {@code CLICKHOUSE_URL}, a container or embedded (chDB). */
  public static EngineUnderTest clickHouse() {
    return CLICKHOUSE;
  }

  /** Always embedded: the stand-in for MySQL that the local stack starts by default. */
  public static EngineUnderTest mariaDb() {
    return MARIADB;
  }

  /** {@code MARS_URL} if it is SQL Server's, or a container; it cannot be embedded. */
  public static EngineUnderTest sqlServer() {
    return SQLSERVER;
  }

  /** {@code JUPITER_URL}, a container or embedded. */
  public static EngineUnderTest mySql() {
    return MYSQL;
  }

  private static EngineUnderTest here(TestProduct product) {
    return new EngineUnderTest(product, System.getenv());
  }
}
