package org.etlsandbox.stack.plan;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The databases of the system; each is embedded here or a server of the user's. */
public enum Store {
  JUPITER("sakila", List.of("jdbc:mysql:")),
  CONTROL("control", List.of("jdbc:postgresql:")),
  NEPTUNE("neptune", Prefixes.DESTINATIONS),
  MARS("mars", Prefixes.WITH_SQL_SERVER),
  VENUS("venus", Prefixes.WITH_SQL_SERVER),
  CLICKHOUSE("etl", Prefixes.DESTINATIONS);

  private static final class Prefixes {
    static final List<String> DESTINATIONS =
        List.of("jdbc:postgresql:", "jdbc:clickhouse:", "jdbc:ch:");
    static final List<String> WITH_SQL_SERVER =
        Stream.concat(Stream.of("jdbc:sqlserver:"), DESTINATIONS.stream()).toList();
  }

  private final String database;
  private final List<String> prefixes;

  Store(String database, List<String> prefixes) {
    this.database = database;
    this.prefixes = prefixes;
  }

  /** What it is called in messages, JSON and file names: {@code jupiter}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is called in tables and sentences: {@code Jupiter}. */
  public String title() {
    return this == CLICKHOUSE ? "ClickHouse" : name().charAt(0) + key().substring(1);
  }

  /** The database's name in an embedded server. */
  public String database() {
    return database;
  }

  /** The JDBC URL prefixes for which there is an adapter. */
  public List<String> prefixes() {
    return prefixes;
  }

  /** The environment variable that replaces the embedded server: {@code JUPITER_URL}. */
  public String variable() {
    return name() + "_URL";
  }

  /** Whether a worker writes into it. */
  public boolean isDestination() {
    return switch (this) {
      case JUPITER, CONTROL -> false;
      case NEPTUNE, MARS, VENUS, CLICKHOUSE -> true;
    };
  }

  /** The server that the design has here, where the embedded one is another. */
  public String standInFor() {
    return switch (this) {
      case JUPITER -> "MySQL";
      case MARS, VENUS -> "SQL Server";
      case CONTROL, NEPTUNE -> "PostgreSQL";
      case CLICKHOUSE -> "ClickHouse";
    };
  }

  /** The store of a key. */
  public static Store of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }
}
