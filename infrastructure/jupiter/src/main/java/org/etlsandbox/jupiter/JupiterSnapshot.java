package org.etlsandbox.jupiter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.flat.FlatKey;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.ChangePage;
import org.etlsandbox.source.ChangePosition;
import org.etlsandbox.source.ReadRate;
import org.etlsandbox.source.SourceSnapshot;
import org.etlsandbox.source.SourceTable;

/** A consistent snapshot on one connection; its readers take turns. */
final class JupiterSnapshot implements SourceSnapshot {

  private final Connection connection;
  private final ConnectionSettings settings;
  private final Set<SourceTable> indexed;
  private final ReadRate rate;
  private final RangeReader ranges;
  private final ReentrantLock turn = new ReentrantLock();

  JupiterSnapshot(
      Connection connection,
      ConnectionSettings settings,
      Set<SourceTable> indexed,
      ReadRate rate,
      DimensionsCost cost) {
    this.connection = connection;
    this.settings = settings;
    this.indexed = indexed;
    this.rate = rate;
    this.ranges = new RangeReader(connection, rate, cost);
  }

  @Override
  public long maxRentalId() {
    return read(() -> {
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "/* etl-sandbox */ SELECT COALESCE(MAX(rental_id), 0) FROM rental")) {
        row.next();
        return row.getLong(1);
      }
    });
  }

  @Override
  public long rangeEnd(long after, int rentals) {
    return read(() -> {
      long end =
          number(
              """
              /* etl-sandbox */ SELECT rental_id FROM rental WHERE rental_id > ?
              ORDER BY rental_id LIMIT 1 OFFSET ?
              """,
              after,
              rentals - 1L);
      return end != 0
          ? end
          : number(
              "/* etl-sandbox */ SELECT MAX(rental_id) FROM rental WHERE rental_id > ?", after);
    });
  }

  /** The one number that the statement tells, 0 for none. */
  private long number(String sql, long... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setLong(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  @Override
  public void announce(RefreshScope.Range block) {
    read(() -> {
      ranges.announce(block);
      return block;
    });
  }

  @Override
  public FlatStream flats(RefreshScope scope) {
    return read(() -> {
      FlatStream joined = ranges.paysFor(scope) ? ranges.read(scope) : null;
      if (joined != null) {
        return joined;
      }
      long begin = System.nanoTime();
      FlatStream rows = FlatStream.of(new FlatQuery(connection, rate).read(scope));
      ranges.joinedByServer(System.nanoTime() - begin);
      return rows;
    });
  }

  @Override
  public List<FlatKey> keys(RefreshScope.Range range) {
    return read(() -> {
      // Where rows are limited, the server's join reads the fewest
      FlatStream joined = rate.isLimited() ? null : ranges.read(range);
      return joined == null ? new FlatQuery(connection, rate).keys(range) : keysOf(joined);
    });
  }

  private static List<FlatKey> keysOf(FlatStream rows) {
    List<FlatKey> keys = new ArrayList<>();
    for (FlatRow row = rows.next(); row != null; row = rows.next()) {
      keys.add(new FlatKey(row.rentalId(), row.paymentId(), row.categoryId()));
    }
    return keys;
  }

  @Override
  public ChangePage changes(SourceTable table, ChangePosition position, int limit) {
    ChangeQuery query = new ChangeQuery(PolledTable.of(table), indexed.contains(table));
    return read(() -> query.read(connection, position, limit));
  }

  @Override
  public long[] rentalsOf(SourceTable table, List<ChangeKey> keys, long after, int limit) {
    if (keys.isEmpty()) {
      return new long[0];
    }
    RentalQuery query = new RentalQuery(PolledTable.of(table), keys);
    return read(() -> {
      long[] few = query.few(connection, after, limit + 1);
      rate.rowsRead(few.length);
      if (few.length <= limit) {
        return Arrays.stream(few).sorted().distinct().toArray();
      }
      long[] ordered = query.ordered(connection, after, limit);
      rate.rowsRead(ordered.length);
      return ordered;
    });
  }

  @Override
  public void close() {
    turn.lock();
    try (connection) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("COMMIT");
      }
    } catch (SQLException e) {
      throw MySqlErrors.explain(settings, e);
    } finally {
      turn.unlock();
    }
  }

  private <T> T read(Reading<T> reading) {
    turn.lock();
    try {
      return reading.run();
    } catch (SQLException e) {
      throw MySqlErrors.explain(settings, e);
    } finally {
      turn.unlock();
    }
  }

  @FunctionalInterface
  private interface Reading<T> {
    T run() throws SQLException;
  }
}
