package org.etlsandbox.testkit.engine;

/** The products that tests can run on, one server of each a JVM. */
public final class TestEngines {
  private static final EngineUnderTest POSTGRESQL = new EngineUnderTest(TestProduct.POSTGRESQL);
  private static final EngineUnderTest MARIADB = new EngineUnderTest(TestProduct.MARIADB);
  private static final EngineUnderTest MYSQL = new EngineUnderTest(TestProduct.MYSQL);

  private static final EngineUnderTest CLICKHOUSE = new EngineUnderTest(TestProduct.CLICKHOUSE);

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

  /** {@code JUPITER_URL}, a container or embedded. */
  public static EngineUnderTest mySql() {
    return MYSQL;
  }
}
