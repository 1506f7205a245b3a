package org.etlsandbox.deltaapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etlsandbox.clickhouse.ClickHouseSchema;

/** The suite's own table, as the adapters create it: their migrations are the definition. */
final class SuiteTable {

  static final String NAME = "customer_order_flat";

  /** The dialects for which there is an adapter. */
  static final Dialect[] DIALECTS = {Dialect.CLICKHOUSE, Dialect.POSTGRESQL, Dialect.SQLSERVER};

  private static final Pattern STATEMENT =
      Pattern.compile("^CREATE TABLE " + NAME + " \\(.*?^\\)", Pattern.MULTILINE | Pattern.DOTALL);

  private SuiteTable() {}

  /** The CREATE TABLE statement alone, without a terminator. */
  static String sql(Dialect dialect) {
    return switch (dialect) {
      case CLICKHOUSE -> ClickHouseSchema.tableDdl().strip();
      case POSTGRESQL, SQLSERVER -> statement(dialect.parameter());
      case MYSQL -> throw new IllegalArgumentException("No destination is a MySQL");
    };
  }

  private static String statement(String adapter) {
    String path = "/org/etlsandbox/%s/migration/V1__%s.sql".formatted(adapter, NAME);
    try (InputStream in = SuiteTable.class.getResourceAsStream(path)) {
      String migration =
          new String(Objects.requireNonNull(in, path).readAllBytes(), StandardCharsets.UTF_8);
      Matcher statement = STATEMENT.matcher(migration);
      if (!statement.find()) {
        throw new IllegalStateException(path + " does not create " + NAME);
      }
      return statement.group();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path + " from the class path", e);
    }
  }
}
