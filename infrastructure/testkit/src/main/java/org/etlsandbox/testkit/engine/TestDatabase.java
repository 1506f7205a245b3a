package org.etlsandbox.testkit.engine;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.DestinationProvider;
import org.etlsandbox.testkit.TestStore;

/** An empty database of its own on a server that tests share; closing drops it. */
public final class TestDatabase implements AutoCloseable {
  private final TestServer server;
  private final String name;

  TestDatabase(TestServer server, String name) {
    this.server = server;
    this.name = name;
  }

  /** The label of the engine: {@code PostgreSQL 18.6 (embedded)}. */
  public String engine() {
    return server.label();
  }

  public String name() {
    return name;
  }

  /** JDBC URL of this database, without credentials. */
  public String url() {
    return server.urlOf(name);
  }

  public String username() {
    return server.username();
  }

  public String password() {
    return server.password();
  }

  /**
   * As an adapter is given it, under the name {@code test}, with up to ten connections. Embedded
   * engines have no TLS; the URL of another server says what it needs.
   */
  public ConnectionSettings settings() {
    return new ConnectionSettings("test", url(), username(), password(), 10).with(DatabaseTls.OFF);
  }

  /** A connection of the test's own, in the driver's default state. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), username(), password());
  }

  /** Executes one statement on a connection of its own. */
  public void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("In the test database: " + sql, e);
    }
  }

  /** Sessions that the server has in this database; empty for a product without sessions. */
  public OptionalInt sessions() {
    return server.sessionsIn(name);
  }

  /** This database as a store for the destination contract. */
  public TestStore asStore(DestinationProvider provider) {
    return new TestStore() {
      @Override
      public String engine() {
        return TestDatabase.this.engine();
      }

      @Override
      public Destination open() {
        return provider.open(settings());
      }

      @Override
      public OptionalInt sessions() {
        return TestDatabase.this.sessions();
      }

      @Override
      public void close() {
        TestDatabase.this.close();
      }
    };
  }

  @Override
  public void close() {
    server.drop(name);
  }
}
