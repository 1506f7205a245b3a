package org.etlsandbox.deltaapi;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.connection.StatementWatch;
import org.etlsandbox.deltaapi.DdlProperties.Login;
import org.etlsandbox.deltaapi.catalogue.Catalogue;
import org.etlsandbox.deltaapi.catalogue.Product;
import org.etlsandbox.deltaapi.catalogue.Rows;
import org.etlsandbox.deltaapi.schema.Table;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A live database whose tables are told. Connects on first use; thread-safe. */
final class Source implements AutoCloseable {

  /** Tables of a schema that are listed. */
  static final int LISTED = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(Source.class);

  private static final int CONNECTIONS = 2;

  /** Longer than any product's names: not worth a question. */
  private static final int LONGEST_NAME = 256;

  /**
   * The tables of a schema.
   *
   * @param truncated whether there are more than those listed
   */
  record SchemaTables(String name, List<String> tables, boolean truncated) {}

  /** Something to be asked of the database. */
  @FunctionalInterface
  private interface Question<T> {
    T ask(Rows rows) throws SQLException;
  }

  private final String name;
  private final Product product;
  private final List<String> schemas;
  private final ConnectionSettings settings;
  private @Nullable HikariDataSource pool;
  private boolean closed;

  Source(
      String name,
      Login login,
      Product product,
      Duration timeout,
      DatabaseTls tls,
      @Nullable StatementWatch watch) {
    this.name = name;
    this.product = product;
    this.schemas = login.schemas();
    this.settings =
        new ConnectionSettings(
                "ddl-" + name,
                login.url(),
                login.username(),
                login.password(),
                CONNECTIONS,
                timeout,
                tls)
            .watchedBy(watch);
  }

  String name() {
    return name;
  }

  Product product() {
    return product;
  }

  /**
   * Whether a question is answered now.
   *
   * @throws SourceUnavailableException if not
   */
  void check() {
    ask(catalogue()::currentSchema);
  }

  /** What is told. */
  List<SchemaTables> tables() {
    return ask(rows -> {
      List<SchemaTables> all = new ArrayList<>();
      for (String schema : schemas(rows)) {
        List<String> tables = catalogue().tables(rows, schema, LISTED + 1);
        all.add(
            new SchemaTables(
                schema,
                tables.subList(0, Math.min(LISTED, tables.size())),
                tables.size() > LISTED));
      }
      return all;
    });
  }

  /**
   * One table as it is now.
   *
   * @throws UnknownNameException naming what there is
   */
  Table table(String schema, String table) {
    return ask(rows -> {
      List<String> allowed = schemas(rows);
      if (!allowed.contains(schema)) {
        throw new UnknownNameException("schema", schema, "Source '%s'".formatted(name), allowed);
      }
      if (!isPossible(table) || !catalogue().hasTable(rows, schema, table)) {
        throw new UnknownNameException(
            "table",
            table,
            "Schema '%s' of source '%s'".formatted(schema, name),
            catalogue().tables(rows, schema, UnknownNameException.NAMED + 1));
      }
      return catalogue().read(rows, schema, table);
    });
  }

  private List<String> schemas(Rows rows) throws SQLException {
    if (!schemas.isEmpty()) {
      return schemas;
    }
    Optional<String> current =
        catalogue().currentSchema(rows).filter(schema -> !product.isSystemSchema(schema));
    return current.stream().toList();
  }

  // Servers answer a NUL or half a character with an error of their own
  private static boolean isPossible(String table) {
    return table.length() <= LONGEST_NAME
        && table.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
  }

  private Catalogue catalogue() {
    return product.catalogue();
  }

  private <T> T ask(Question<T> question) {
    boolean connected = false;
    try (Connection connection = pool().getConnection()) {
      connected = true;
      return question.ask(new Rows(connection, settings.statementTimeout()));
    } catch (SQLException e) {
      SourceUnavailableException outage =
          SourceOutages.of(name, product, e, connected)
              .orElseThrow(() ->
                  new IllegalStateException(
                      "%s: the catalogue refused a question".formatted(settings), e));
      LOG.warn("{} (SQLState {}, code {})", outage.reason(), e.getSQLState(), e.getErrorCode());
      throw outage;
    }
  }

  private synchronized HikariDataSource pool() {
    if (closed) {
      throw new IllegalStateException("Source '%s' is closed".formatted(name));
    }
    HikariDataSource known = pool;
    if (known == null) {
      known = pool = product.pool(settings);
    }
    return known;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (pool != null) {
      pool.close();
    }
  }
}
