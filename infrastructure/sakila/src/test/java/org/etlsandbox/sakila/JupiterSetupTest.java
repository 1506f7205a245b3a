package org.etlsandbox.sakila;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class JupiterSetupTest {

  private static final int RENTALS = 50;

  private final TestServer server = TestServer.usual();

  @Test
  void seedsOnceAndLeavesWhatChangedSince() throws SQLException {
    JupiterSetup setup = setup("setup_once");
    setup.seed(RENTALS);
    assertThat(count("setup_once.rental")).isEqualTo(RENTALS);

    execute("UPDATE setup_once.customer SET first_name = 'CHANGED' WHERE customer_id = 1");
    setup.seed(RENTALS);
    assertThat(count("setup_once.customer WHERE first_name = 'CHANGED'")).isEqualTo(1);
  }

  @Test
  void startsOverWhatWasCutShort() throws SQLException {
    JupiterSetup setup = setup("setup_cut");
    setup.seed(RENTALS);
    execute("DELETE FROM setup_cut.payment");
    execute("UPDATE etl_setup.seed SET complete = FALSE WHERE database_name = 'setup_cut'");

    setup.seed(RENTALS);
    assertThat(count("setup_cut.payment")).isPositive();
  }

  @Test
  void refusesADatabaseThatItDidNotMake() throws SQLException {
    setup("setup_own").seed(RENTALS);
    server.createDatabase("setup_foreign");
    execute("CREATE TABLE setup_foreign.precious (id INT)");

    assertThatThrownBy(() -> setup("setup_foreign").seed(RENTALS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'setup_foreign' was not made here");
    assertThat(count("setup_foreign.precious")).isZero();
  }

  @Test
  void makesAnAccountThatReadsAndNoMore() throws SQLException {
    JupiterSetup setup = setup("setup_account");
    setup.seed(RENTALS);
    setup.account("setup_reader", "first");
    setup.account("setup_reader", "second");

    try (Connection reader =
            DriverManager.getConnection(server.url("setup_account"), "setup_reader", "second");
        Statement statement = reader.createStatement()) {
      try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM rental")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(RENTALS);
      }
      assertThatThrownBy(() -> statement.execute("DELETE FROM rental"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("denied");
    }
  }

  private JupiterSetup setup(String database) {
    return new JupiterSetup(server.url(database), server.username(), server.password());
  }

  private long count(String from) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + from)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection(
        server.url("information_schema"), server.username(), server.password());
  }
}
