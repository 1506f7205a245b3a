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

  // NOW is the moment at which this very statement began, before it looks at the others.
  // TIME counts from the start of the statement, in whole seconds. Our own readers never write.
  // Named are the commands that never write: MariaDB has more of the others (Bulk_execute).
  // `Connect` with a text is an event of the event scheduler.
  private static final String RUNNING =
      """
      /* etl-sandbox */ SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED),
        id = CONNECTION_ID(), id, GREATEST(time, 0)
      FROM %s
      WHERE id = CONNECTION_ID()
        OR command NOT IN ('Sleep', 'Daemon', 'Binlog Dump', 'Binlog Dump GTID')
        AND (command <> 'Connect' OR info IS NOT NULL)
        AND (info IS NULL
          OR info NOT LIKE '/* etl-sandbox */ SELECT%%' AND info NOT LIKE '/* etl-sandbox */ SHOW%%')
        AND user NOT IN ('event_scheduler', 'system user')
      """;

  /** Everywhere. */
  static final String PROCESS_LIST = "information_schema.processlist";

  /** MySQL's newer one, from 8.0.22 on; it may be switched off. */
  static final String NEW_PROCESS_LIST = "performance_schema.processlist";

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
      if (transactions == null && !blind) {
        choose(connection);
      }
      TransactionView view = transactions;
      if (view == null) {
        Instant now = now(connection);
        Instant settled = now.truncatedTo(ChronoUnit.SECONDS).minus(options.commitLag());
        return new Settled(now, settled, Duration.ZERO, null);
      }
      Look look = look(connection);
      return bound.observe(
          look.now(), look.by(), look.running(), view.open(connection, look.now()));
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
      return moment(row.getLong(1));
    }
  }

  private static Look look(Connection connection) throws SQLException {
    try {
      return look(connection, PROCESS_LIST);
    } catch (SQLException e) {
      if (e.getErrorCode() == MySqlErrors.CANNOT_CONVERT_STRING) {
        return look(connection, NEW_PROCESS_LIST);
      }
      throw e;
    }
  }

  static Look look(Connection connection, String processList) throws SQLException {
    long asked = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(RUNNING.formatted(processList))) {
      Duration took = Duration.ofNanos(System.nanoTime() - asked);
      // TIME was counted up to a moment after NOW; both are cut to seconds
      Duration uncertain = took.plusSeconds(2);
      Instant now = null;
      List<RunningStatement> running = new ArrayList<>();
      while (row.next()) {
        now = moment(row.getLong(1));
        if (!row.getBoolean(2)) {
          Instant started = now.truncatedTo(ChronoUnit.SECONDS).minusSeconds(row.getLong(4));
          running.add(new RunningStatement(row.getLong(3), started, started.plus(uncertain)));
        }
      }
      if (now == null) {
        throw new SQLException("The process list lacks the connection that asks for it");
      }
      return new Look(now, now.plus(took), running);
    }
  }

  private static Instant moment(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /**
   * @param now before it
   * @param by not before its end
   * @param running statements of others
   */
  record Look(Instant now, Instant by, List<RunningStatement> running) {}
}
