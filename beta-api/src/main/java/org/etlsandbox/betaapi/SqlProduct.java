package org.etlsandbox.betaapi;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The products that can be queried, known by the prefix of their URL, without asking them. */
enum SqlProduct {
  POSTGRESQL("jdbc:postgresql:", "PostgreSQL"),
  SQL_SERVER("jdbc:sqlserver:", "Microsoft SQL Server");

  /** What a server may take to answer that it has cancelled a query. */
  private static final Duration CANCELLATION = Duration.ofSeconds(3);

  private final String prefix;
  private final String productName;

  SqlProduct(String prefix, String productName) {
    this.prefix = prefix;
    this.productName = productName;
  }

  static Optional<SqlProduct> of(String url) {
    return Arrays.stream(values()).filter(product -> url.startsWith(product.prefix)).findFirst();
  }

  static String prefixes() {
    return Arrays.stream(values())
        .map(product -> product.prefix + "…")
        .collect(Collectors.joining(" and "));
  }

  /** What {@code DatabaseMetaData.getDatabaseProductName} would answer. */
  String productName() {
    return productName;
  }

  /**
   * What the driver needs to be told so that reading is read-only and ends in time.
   *
   * @param timeout how long a query may take
   */
  Map<String, String> driverProperties(Duration timeout) {
    return switch (this) {
      // Without it, the driver enforces read-only in explicit transactions only:
      // https://jdbc.postgresql.org/documentation/use/#connection-parameters
      case POSTGRESQL -> Map.of("readOnlyMode", "always");
      // Without it, the driver waits for ever for a server that does not answer a cancellation:
      // https://github.com/microsoft/mssql-jdbc/issues/525
      case SQL_SERVER ->
          Map.of("socketTimeout", Long.toString(timeout.plus(CANCELLATION).toMillis()));
    };
  }
}
