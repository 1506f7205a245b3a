package org.etlsandbox.betaapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.PostgreSqlEngine;

/** A PostgreSQL that stands in for Mars, and can be stopped and started again where it was. */
final class TestDestination implements AutoCloseable {

  static final String PASSWORD = "s3cret-of-mars";

  private final EngineOptions options;
  private Engine engine;

  TestDestination(Path directory) {
    EngineOptions.Builder builder = EngineOptions.in(directory).password(PASSWORD).durable(false);
    engine = PostgreSqlEngine.start(builder.build());
    options = builder.port(engine.port()).build();
  }

  /** Creates table and view, as a destination's worker would. */
  void createSchema() throws SQLException {
    execute(schema());
  }

  static String schema() {
    try (InputStream sql = TestDestination.class.getResourceAsStream("/destination.sql")) {
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(engine.jdbcUrl(), engine.username(), PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void stop() {
    engine.close();
  }

  void startAgain() {
    engine = PostgreSqlEngine.start(options);
  }

  String[] asArguments() {
    return new String[] {
      "--etl.query.url=" + engine.jdbcUrl(),
      "--etl.query.username=" + engine.username(),
      "--etl.query.password=" + PASSWORD,
    };
  }

  @Override
  public void close() {
    engine.close();
  }
}
