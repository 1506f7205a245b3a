package org.etlsandbox.betaapi;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.dialect.SQLServerDialect;

/** The products that can be queried, known by the prefix of their URL, without asking them. */
enum SqlProduct {
  POSTGRESQL("jdbc:postgresql:", PostgreSQLDialect.class),
  SQL_SERVER("jdbc:sqlserver:", SQLServerDialect.class);

  private final String prefix;
  private final Class<? extends Dialect> dialect;

  SqlProduct(String prefix, Class<? extends Dialect> dialect) {
    this.prefix = prefix;
    this.dialect = dialect;
  }

  static Optional<SqlProduct> of(String url) {
    return Arrays.stream(values()).filter(product -> url.startsWith(product.prefix)).findFirst();
  }

  static String prefixes() {
    return Arrays.stream(values())
        .map(product -> product.prefix + "…")
        .collect(Collectors.joining(" and "));
  }

  Class<? extends Dialect> dialect() {
    return dialect;
  }
}
