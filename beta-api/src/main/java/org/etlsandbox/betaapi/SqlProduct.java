package org.etlsandbox.betaapi;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The products that can be queried, known by the prefix of their URL, without asking them. */
enum SqlProduct {
  // Without it, its driver enforces read-only in explicit transactions only:
  // https://jdbc.postgresql.org/documentation/use/#connection-parameters
  POSTGRESQL("jdbc:postgresql:", "PostgreSQL", Map.of("readOnlyMode", "always")),
  SQL_SERVER("jdbc:sqlserver:", "Microsoft SQL Server", Map.of());

  private final String prefix;
  private final String productName;
  private final Map<String, String> readOnlyProperties;

  SqlProduct(String prefix, String productName, Map<String, String> readOnlyProperties) {
    this.prefix = prefix;
    this.productName = productName;
    this.readOnlyProperties = readOnlyProperties;
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

  /** What the driver needs to be told to make a read-only connection read-only. */
  Map<String, String> readOnlyProperties() {
    return readOnlyProperties;
  }
}
