package org.etlsandbox.soak.crash;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.etlsandbox.sakila.Churn;
import org.etlsandbox.sakila.SakilaSchema;
import org.etlsandbox.sakila.SakilaSeed;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.worker.JoinedRows;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A small Jupiter in which much happens, deletes and amounts that no destination holds included.
 */
final class Shop implements AutoCloseable {

  private static final int RENTALS = 2_000;
  private static final int TRANSACTIONS_PER_SECOND = 25;

  /** So that pausing the churn takes no longer. */
  private static final Duration MAX_HOLD = Duration.ofMillis(300);

  /** A statement of ours may lose a deadlock against the churn. */
  private static final int TRIES = 10;

  private final TestDatabase database;
  private @Nullable Churn churn;

  Shop(EngineUnderTest engine, long seed) throws SQLException {
    this.database = engine.newDatabase();
    try (Connection connection = database.connect()) {
      SakilaSchema.create(connection, true);
    }
    SakilaSeed.builder().rentals(RENTALS).seed(seed).build().load(dataSource());
    // Room for amounts that are not exact in DECIMAL(10,2): their rentals are quarantined
    database.execute("ALTER TABLE payment MODIFY amount DECIMAL(10,4) NOT NULL");
  }

  private DriverManagerDataSource dataSource() {
    return new DriverManagerDataSource(database.url(), database.username(), database.password());
  }

  TestDatabase database() {
    return database;
  }

  void open(long seed) throws SQLException {
    if (churn != null) {
      return;
    }
    Churn next =
        Churn.builder()
            .dataSource(dataSource())
            .transactionsPerSecond(TRANSACTIONS_PER_SECOND)
            .workers(2)
            .maxHold(MAX_HOLD)
            .seed(seed)
            .deletes(true)
            .build();
    next.start();
    churn = next;
  }

  /** Returns when every transaction has ended. */
  void pause() {
    Churn running = churn;
    churn = null;
    if (running == null) {
      return;
    }
    running.stop();
    Throwable failure = running.failure();
    if (failure != null) {
      throw new IllegalStateException("The churn failed", failure);
    }
  }

  /** What a sweep has to find, and what has to go into quarantine and out of it. */
  void disturb(RandomGenerator random) throws SQLException {
    execute("UPDATE payment SET amount = ROUND(amount, 2) WHERE amount <> ROUND(amount, 2)");
    for (int i = 0; i < 2; i++) {
      execute(
          "UPDATE payment SET amount = ROUND(amount, 2) + 0.0050 WHERE payment_id >= %d AND rental_id IS NOT NULL ORDER BY payment_id LIMIT 1"
              .formatted(1 + random.nextInt(RENTALS * 9 / 10)));
    }
    execute(
        "DELETE FROM payment WHERE payment_id >= %d AND amount = ROUND(amount, 2) ORDER BY payment_id LIMIT 2"
            .formatted(1 + random.nextInt(RENTALS * 9 / 10)));
  }

  void execute(String sql) throws SQLException {
    for (int tries = 1; ; tries++) {
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
        return;
      } catch (SQLException e) {
        // 40001: a deadlock; 1205: a lock that did not come, in HY000 or 40001
        if (tries == TRIES || !("40001".equals(e.getSQLState()) || e.getErrorCode() == 1205)) {
          throw e;
        }
      }
    }
  }

  /** What every destination has to hold: the join without the rentals that cannot be exact. */
  List<String> rows() throws SQLException {
    try (Connection connection = database.connect()) {
      Set<String> inexact = inexact(connection);
      return JoinedRows.inJupiter(connection).stream()
          .filter(row -> !inexact.contains(row.substring(0, row.indexOf('|'))))
          .toList();
    }
  }

  /** The rentals that have to be in quarantine. */
  Set<String> inexact() throws SQLException {
    try (Connection connection = database.connect()) {
      return inexact(connection);
    }
  }

  private static Set<String> inexact(Connection connection) throws SQLException {
    Set<String> inexact = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT rental_id FROM payment WHERE amount <> ROUND(amount, 2) AND rental_id IS NOT NULL")) {
      while (row.next()) {
        inexact.add(row.getString(1));
      }
    }
    return inexact;
  }

  @Override
  public void close() {
    try {
      pause();
    } finally {
      database.close();
    }
  }
}
