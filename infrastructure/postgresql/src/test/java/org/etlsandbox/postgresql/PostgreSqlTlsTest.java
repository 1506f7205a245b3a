package org.etlsandbox.postgresql;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.control.ControlDatabase;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.EngineUnavailableException;
import org.etlsandbox.engines.PostgreSqlEngine;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.tls.TestCertificates;
import org.etlsandbox.testkit.tls.TestCertificates.Identity;
import org.etlsandbox.testkit.tls.TlsContract;
import org.etlsandbox.testkit.tls.TlsServer;
import org.junit.jupiter.api.Nested;
import org.opentest4j.TestAbortedException;

class PostgreSqlTlsTest {

  @Nested
  class OfADestination extends TlsContract {
    @Override
    protected TlsServer start(Path directory, TestCertificates certificates, Identity identity)
        throws IOException {
      return new Server(directory, identity) {
        @Override
        public Client open(ConnectionSettings settings) {
          Destination destination = new PostgreSqlDestinationProvider().open(settings);
          return new Client() {
            @Override
            public void check() {
              destination.check();
            }

            @Override
            public void close() {
              destination.close();
            }
          };
        }
      };
    }
  }

  @Nested
  class OfTheControlDatabase extends TlsContract {
    @Override
    protected TlsServer start(Path directory, TestCertificates certificates, Identity identity)
        throws IOException {
      return new Server(directory, identity) {
        @Override
        public Client open(ConnectionSettings settings) {
          ControlDatabase control = new ControlDatabase(settings);
          return new Client() {
            @Override
            public void check() {
              control.check();
            }

            @Override
            public void close() {
              control.close();
            }
          };
        }
      };
    }
  }

  /** With a certificate that it reads again when told to. */
  private abstract static class Server implements TlsServer {
    private final Identity shown;
    private final PostgreSqlEngine engine;

    Server(Path directory, Identity identity) throws IOException {
      shown = new Identity(directory.resolve("server.crt"), directory.resolve("server.key"));
      identity.copyTo(shown);
      try {
        engine =
            PostgreSqlEngine.start(
                EngineOptions.temporary().toBuilder()
                    .setting("ssl", "on")
                    .setting("ssl_cert_file", shown.certificate().toString())
                    .setting("ssl_key_file", shown.key().toString())
                    .build());
      } catch (EngineUnavailableException e) {
        throw new TestAbortedException(e.getMessage());
      }
    }

    @Override
    public String engine() {
      return "PostgreSQL %s (embedded)".formatted(engine.version());
    }

    /** The postmaster takes a moment to read it. */
    @Override
    public void show(Identity identity) throws IOException {
      identity.copyTo(shown);
      try (Connection connection = admin();
          Statement statement = connection.createStatement()) {
        String loaded = "SELECT pg_conf_load_time()";
        String before = one(statement, loaded);
        statement.execute("SELECT pg_reload_conf()");
        long deadline = System.nanoTime() + 10_000_000_000L;
        // Each session reads it by itself; a new one has what the postmaster has
        while (System.nanoTime() < deadline) {
          try (Connection fresh = admin();
              Statement asking = fresh.createStatement()) {
            if (!one(asking, loaded).equals(before)) {
              return;
            }
          }
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public ConnectionSettings settings() {
      return new ConnectionSettings(
          "neptune", engine.jdbcUrl(), engine.username(), engine.password(), 2);
    }

    @Override
    public ConnectionSettings withoutTls() {
      try (TestDatabase other = TestEngines.postgreSql().newDatabase()) {
        return other.settings();
      }
    }

    @Override
    public Sessions sessions() {
      String sessions =
          """
          SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
           WHERE application_name LIKE 'etl-%%' AND %s ssl
          """;
      try (Connection connection = admin();
          Statement statement = connection.createStatement()) {
        return new Sessions(
            Integer.parseInt(one(statement, sessions.formatted(""))),
            Integer.parseInt(one(statement, sessions.formatted("NOT"))));
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private Connection admin() throws SQLException {
      return DriverManager.getConnection(
          engine.jdbcUrl() + "?sslmode=disable", engine.username(), engine.password());
    }

    private static String one(Statement statement, String sql) throws SQLException {
      try (ResultSet row = statement.executeQuery(sql)) {
        row.next();
        return row.getString(1);
      }
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
