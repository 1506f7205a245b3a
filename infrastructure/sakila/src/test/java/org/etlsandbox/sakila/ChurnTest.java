package org.etlsandbox.sakila;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChurnTest {

  private static final String OPEN_TRANSACTIONS =
      """
      SELECT COUNT(*)
        FROM information_schema.innodb_trx t
        JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
       WHERE p.db = DATABASE()
      """;

  private static final String OPEN_FOR_A_SECOND =
      """
      SELECT COUNT(*)
        FROM information_schema.innodb_trx t
        JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
       WHERE p.db = DATABASE() AND t.trx_started <= NOW() - INTERVAL 1 SECOND
      """;

  @Test
  void withoutDeletesItKeepsItsRateAndDoesOnlyWhatPollingSees() throws Exception {
    try (TestDatabase shop = TestDatabase.seeded("sakila_churn", 4000, 1)) {
      remember(shop);
      Churn churn =
          Churn.builder()
              .dataSource(shop.source())
              .transactionsPerSecond(100)
              .maxHold(Duration.ofSeconds(3))
              .seed(5)
              .build();
      Instant started = Instant.now();
      churn.start();
      long lateOnes = 0;
      for (int i = 0; i < 25; i++) {
        Thread.sleep(200);
        lateOnes += shop.number(OPEN_FOR_A_SECOND);
      }
      long beforeStop = churn.committed() + churn.rolledBack();
      double seconds = Duration.between(started, Instant.now()).toMillis() / 1000.0;
      churn.stop();

      assertThat(shop.number(OPEN_TRANSACTIONS)).as("open transactions").isZero();
      assertThat(churn.failure()).isNull();
      assertThat(beforeStop / seconds).as("transactions a second").isBetween(85.0, 102.0);
      assertThat(churn.rolledBack()).isBetween(beforeStop / 200, beforeStop / 10);
      assertThat(lateOnes).as("transactions seen open for a second").isPositive();
      assertThat(churn.lastCommit()).isBetween(started, Instant.now());
      long committed = churn.committed();
      Thread.sleep(300);
      assertThat(churn.committed()).as("commits after stop").isEqualTo(committed);

      for (String table : SakilaSchema.joinedTables()) {
        assertThat(lost(shop, table)).as("rows lost by " + table).isZero();
        assertThat(changedUnseen(shop, table)).as("changed unseen in " + table).isZero();
        assertThat(seen(shop, table)).as("new or changed in " + table).isPositive();
      }
      assertThat(shop.strings(CustomerOrderFlatJoin.SQL)).hasSizeGreaterThan(4000);
    }
  }

  @Test
  void withDeletesEachOfTheSevenTablesLosesRows() throws Exception {
    try (TestDatabase shop = TestDatabase.seeded("sakila_clearance", 4000, 1)) {
      remember(shop);
      try (Churn churn =
          Churn.builder()
              .dataSource(shop.source())
              .transactionsPerSecond(200)
              .deletes(true)
              .maxHold(Duration.ofMillis(500))
              .build()) {
        churn.start();
        long twoDecks = 2L * Operation.cards(true).size();
        for (int i = 0; i < 150 && churn.committed() + churn.rolledBack() < twoDecks; i++) {
          Thread.sleep(200);
        }
        churn.stop();
        assertThat(churn.failure()).isNull();
        assertThat(churn.committed() + churn.rolledBack()).isGreaterThanOrEqualTo(twoDecks);
      }
      for (String table : SakilaSchema.joinedTables()) {
        assertThat(lost(shop, table)).as("rows lost by " + table).isPositive();
      }
      assertThat(shop.strings(CustomerOrderFlatJoin.SQL)).isNotEmpty();
    }
  }

  @Test
  void survivesLocksAndSaysWhyItDied() throws Exception {
    try (TestDatabase shop = TestDatabase.seeded("sakila_locks", 200, 1)) {
      shop.execute("SET GLOBAL innodb_lock_wait_timeout = 1");
      try (Churn churn =
              Churn.builder().dataSource(shop.source()).transactionsPerSecond(100).build();
          Connection blocker = shop.source().getConnection();
          Statement statement = blocker.createStatement()) {
        blocker.setAutoCommit(false);
        statement.executeQuery("SELECT * FROM payment FOR UPDATE").close();
        churn.start();
        Thread.sleep(7000);
        blocker.rollback();
        long behind = churn.committed();
        Thread.sleep(2000);
        assertThat(churn.failure()).isNull();
        assertThat(churn.rolledBack()).as("given up while all payments were locked").isPositive();
        assertThat(churn.committed()).as("catches up").isGreaterThan(behind + 200);

        shop.execute("ALTER TABLE payment RENAME TO gone");
        for (int i = 0; i < 50 && churn.failure() == null; i++) {
          Thread.sleep(100);
        }
        assertThat(churn.failure())
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("payment");
      } finally {
        shop.execute("SET GLOBAL innodb_lock_wait_timeout = 50");
      }
    }
  }

  @Test
  void refusesWhatItCannotDo() throws Exception {
    assertThatThrownBy(() -> Churn.builder().transactionsPerSecond(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is 0");
    assertThatThrownBy(() -> Churn.builder().build()).isInstanceOf(IllegalStateException.class);
    try (TestDatabase empty = TestDatabase.empty("sakila_no_shop");
        Churn churn = Churn.builder().dataSource(empty.source()).build()) {
      assertThatThrownBy(churn::start).isInstanceOf(SQLException.class);
    }
  }

  /** Keeps a copy of each joined table as it is now. */
  private static void remember(TestDatabase shop) throws SQLException {
    for (String table : SakilaSchema.joinedTables()) {
      shop.execute("CREATE TABLE old_" + table + " AS SELECT * FROM " + table);
      shop.execute("ALTER TABLE old_" + table + " ADD PRIMARY KEY (" + shop.key(table) + ")");
    }
  }

  private static long lost(TestDatabase shop, String table) throws SQLException {
    return shop.number(
        "SELECT COUNT(*) FROM old_%1$s LEFT JOIN %1$s n USING (%2$s) WHERE n.last_update IS NULL"
            .formatted(table, shop.key(table)));
  }

  private static long changedUnseen(TestDatabase shop, String table) throws SQLException {
    return shop.number(
        "SELECT COUNT(*) FROM old_%1$s o JOIN %1$s n USING (%2$s) WHERE %3$s <> %4$s"
                .formatted(
                    table, shop.key(table), shop.content(table, "o"), shop.content(table, "n"))
            + " AND o.last_update = n.last_update");
  }

  private static long seen(TestDatabase shop, String table) throws SQLException {
    return shop.number(
        "SELECT COUNT(*) FROM " + table + " WHERE last_update > NOW() - INTERVAL 1 HOUR");
  }
}
