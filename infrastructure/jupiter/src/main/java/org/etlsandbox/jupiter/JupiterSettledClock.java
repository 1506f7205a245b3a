package org.etlsandbox.jupiter;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.etlsandbox.source.SettleOptions;
import org.etlsandbox.source.Settled;
import org.etlsandbox.source.SettledClock;
import org.jspecify.annotations.Nullable;

/** Asks Jupiter what runs and what is open, in the one order that leaves no gap. */
final class JupiterSettledClock implements SettledClock {

  // TIME counts from the start of the statement, in whole seconds. Our own readers never write.
  // Named are the commands that never write: MariaDB has more of the others (Bulk_execute).
  // `Connect` with a text is an event of the event scheduler.
  private static final String RUNNING =
      """
      /* etl-sandbox */ SELECT id, GREATEST(time, 0)
      FROM information_schema.processlist
      WHERE id <> CONNECTION_ID()
        AND command NOT IN ('Sleep', 'Daemon', 'Binlog Dump', 'Binlog Dump GTID')
        AND (command <> 'Connect' OR info IS NOT NULL)
        AND (info IS NULL
          OR info NOT LIKE '/* etl-sandbox */ SELECT%' AND info NOT LIKE '/* etl-sandbox */ SHOW%')
        AND user NOT IN ('event_scheduler', 'system user')
      """;

  private static final int TRIES = 3;

  private final JupiterSource source;
  private final SettleOptions options;
  private final SettledBound bound;
  private @Nullable TransactionView transactions;
  private boolean blind;

  JupiterSettledClock(JupiterSource source, SettleOptions options) {
    this.source = source;
    this.options = options;
    this.bound = new SettledBound(options.maxHold());
    this.blind = options.commitLagForced();
  }

  @Override
  public Settled settle() {
    Settled settled = observe();
    for (int tries = 1; tries < TRIES && settled.settled() == null && !blind; tries++) {
      if (!pauseForStaleCache(settled)) {
        break;
      }
      settled = observe();
    }
    return settled;
  }

  /** The server renews innodb_trx only after 100 ms without a reader; jitter parts the workers. */
  private boolean pauseForStaleCache(Settled settled) {
    if (!Duration.ZERO.equals(settled.heldFor())) {
      return false; // held by a transaction, not by the cache
    }
    try {
      Thread.sleep(110 + ThreadLocalRandom.current().nextLong(150));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Settled observe() {
    return source.query(connection -> {
      long asked = System.nanoTime();
      Instant now = now(connection);
      if (transactions == null && !blind) {
        choose(connection);
      }
      TransactionView view = transactions;
      if (view == null) {
        Instant settled = now.truncatedTo(ChronoUnit.SECONDS).minus(options.commitLag());
        return new Settled(now, settled, Duration.ZERO, null);
      }
      List<RunningStatement> running = running(connection, now, asked);
      Instant lookedBy = now.plusNanos(System.nanoTime() - asked);
      return bound.observe(now, lookedBy, running, view.open(connection, now));
    });
  }

  private void choose(Connection connection) throws SQLException {
    if (!new SchemaCheck(connection, source.settings()).hasProcessPrivilege()) {
      blind = true;
    } else if (PerformanceSchemaTransactions.isComplete(connection)) {
      transactions = new PerformanceSchemaTransactions();
    } else {
      transactions = new InnodbTransactions();
    }
  }

  private static Instant now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "/* etl-sandbox */ SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)")) {
      row.next();
      return Instant.EPOCH.plus(row.getLong(1), ChronoUnit.MICROS);
    }
  }

  /**
   * @param asked when the clock was asked, by {@link System#nanoTime()}
   */
  private static List<RunningStatement> running(Connection connection, Instant now, long asked)
      throws SQLException {
    List<RunningStatement> running = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(RUNNING)) {
      // TIME was counted up to a moment after the clock was asked; both are cut to seconds
      Duration uncertain = Duration.ofNanos(System.nanoTime() - asked).plusSeconds(2);
      Instant second = now.truncatedTo(ChronoUnit.SECONDS);
      while (row.next()) {
        Instant started = second.minusSeconds(row.getLong(2));
        running.add(new RunningStatement(row.getLong(1), started, started.plus(uncertain)));
      }
    }
    return running;
  }
}
