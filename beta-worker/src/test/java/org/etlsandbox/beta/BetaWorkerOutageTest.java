package org.etlsandbox.beta;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.PostgreSqlEngine;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.worker.OutageContract;
import org.etlsandbox.testkit.worker.RunningWorker;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;

class BetaWorkerOutageTest extends OutageContract {

  @Override
  protected SpringApplicationBuilder application() {
    return BetaWorker.application();
  }

  @Override
  protected EngineUnderTest destinationEngine() {
    return TestEngines.postgreSql();
  }

  @Override
  protected Engine startServer(EngineOptions options) {
    return PostgreSqlEngine.start(options);
  }

  @Override
  protected List<String> moveTo(Path disk, String database) {
    return List.of(
        "CREATE TABLESPACE small_disk LOCATION '%s'".formatted(disk),
        "ALTER DATABASE %s SET TABLESPACE small_disk".formatted(database));
  }

  /**
   * PostgreSQL ends whoever has waited for a second when it looks: the worker, which came first.
   */
  @Test
  void aDeadlockIsTriedAgain() throws Exception {
    TestDatabase destination = database("destination");
    destination.execute(
        "ALTER DATABASE %s SET deadlock_timeout = '800ms'".formatted(destination.name()));
    try (RunningWorker worker = start();
        Connection other = destination.connect();
        Connection observer = destination.connect()) {
      worker.awaitInStep(60);
      other.setAutoCommit(false);
      execute(other, "SET deadlock_timeout = '10s'");
      touch(other, 2_000);
      changeEverything();
      awaitOneThatWaitsForALock(observer);
      touch(other, lockedBesides(observer, 2_000));
      other.rollback();
      awaitEqualToJupiter(worker, "after a deadlock");
      assertThat(deadlocks(observer)).as("deadlocks that PostgreSQL has broken").isOne();
      assertThat(worker.status().get("failuresInARow").asInt()).isZero();
      assertThat(worker.status().get("quarantined").asInt()).isZero();
    }
  }

  private static void touch(Connection connection, long rental) throws SQLException {
    int rows =
        execute(
            connection,
            "UPDATE customer_order_flat SET row_version = row_version WHERE rental_id = " + rental);
    assertThat(rows).as("rows of rental %d", rental).isPositive();
  }

  private static int execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return statement.getUpdateCount();
    }
  }

  private static void awaitOneThatWaitsForALock(Connection database) throws SQLException {
    String waiting =
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'
        """;
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (number(database, waiting) == 0) {
      assertThat(System.nanoTime()).as("the worker meets the lock").isLessThan(deadline);
    }
  }

  /** A rental that the worker has locked already. */
  private static long lockedBesides(Connection database, int rental) throws SQLException {
    return number(
        database,
        """
        WITH free AS (SELECT rental_id FROM customer_order_flat FOR UPDATE SKIP LOCKED)
        SELECT min(rental_id) FROM customer_order_flat
        WHERE rental_id NOT IN (SELECT rental_id FROM free) AND rental_id <> %d
        """
            .formatted(rental));
  }

  private static long deadlocks(Connection database) throws SQLException, InterruptedException {
    String sql = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (number(database, sql) == 0 && System.nanoTime() < deadline) {
      Thread.sleep(100); // a session that rests tells what it has counted after ten seconds
    }
    return number(database, sql);
  }

  private static long number(Connection database, String sql) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
