package org.etlsandbox.deltaapi;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etlsandbox.deltaapi.dialect.ClickHouseDialect;
import org.etlsandbox.deltaapi.dialect.ClickHouseOptions;
import org.etlsandbox.deltaapi.dialect.MySqlDialect;
import org.etlsandbox.deltaapi.dialect.PostgreSqlDialect;
import org.etlsandbox.deltaapi.dialect.SqlDialect;
import org.etlsandbox.deltaapi.dialect.SqlServerDialect;
import org.etlsandbox.service.InvalidParameterException;
import org.jspecify.annotations.Nullable;

/** The SQL dialects in which a table can be had. */
enum Dialect {
  CLICKHOUSE,
  POSTGRESQL,
  SQLSERVER,
  MYSQL;

  /** As the parameter has it. */
  String parameter() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a request parameter.
   *
   * @throws InvalidParameterException naming the supported dialects
   */
  static Dialect of(@Nullable String value) {
    return of(value, values());
  }

  /** The same where not all of them are supported. */
  static Dialect of(@Nullable String value, Dialect... supported) {
    return Arrays.stream(supported)
        .filter(dialect -> dialect.parameter().equals(value))
        .findFirst()
        .orElseThrow(() ->
            new InvalidParameterException(
                "dialect",
                value,
                "be one of: "
                    + Stream.of(supported)
                        .map(Dialect::parameter)
                        .collect(Collectors.joining(", "))));
  }

  SqlDialect writer(ClickHouseOptions options) {
    return switch (this) {
      case CLICKHOUSE -> new ClickHouseDialect(options);
      case POSTGRESQL -> new PostgreSqlDialect();
      case SQLSERVER -> new SqlServerDialect();
      case MYSQL -> new MySqlDialect();
    };
  }
}
