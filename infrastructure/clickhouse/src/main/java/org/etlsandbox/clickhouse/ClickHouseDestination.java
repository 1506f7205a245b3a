package org.etlsandbox.clickhouse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.DestinationState;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.destination.StoredFlat;
import org.etlsandbox.destination.WriteLease;
import org.etlsandbox.flat.FlatKey;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.schema.SchemaMode;
import org.jspecify.annotations.Nullable;

/**
 * A copy of {@code CustomerOrderFlat} in a ReplacingMergeTree.
 *
 * <p>A refresh reads what is stored, merges it with Jupiter's rows and sends what differs,
 * tombstones included, in one INSERT. A range that is not there yet costs one look at the primary
 * key and is then sent as it comes. Readers see an INSERT of up to 1,048,449 rows whole or not at
 * all.
 *
 * <p><b>What the fence leaves open.</b> ClickHouse has no transactions. Lease and admitted epoch
 * are checked right before the INSERT, and {@link #raiseFence} waits for the INSERTs it can see,
 * but a writer that is paused between its check and its INSERT may still write what it read long
 * ago. Its version is lower than that of every later refresh, so it loses against each row written
 * since. A row that a later leader finds equal is therefore written again, once a leadership: the
 * leader's first poll begins at the watermark that the paused one has not moved, so it meets every
 * rental of which that one may hold an old value. What is left is a key that is neither here nor in
 * Jupiter any more: the sweep finds it. The server ends an INSERT after {@code
 * etl.statement-timeout} by itself.
 */
final class ClickHouseDestination implements Destination {

  private static final int INSERT_ATTEMPTS = 3;
  private static final Duration PAUSE_BEFORE_RESENDING = Duration.ofMillis(500);

  private static final String VERSION = "SELECT version()";
  private static final String TRIVIAL = "SELECT toUInt8(1)";

  private final ClickHouseServer server;
  private final Fence fence;
  private final ClickHouseSchema schema;
  private final FlatTable table;

  /** The highest version that earlier leaders had written when the fence was raised. */
  private volatile long earlierLeaders;

  /** Within this process the fence is exact: it is raised while no check or INSERT is under way. */
  private final ReadWriteLock writing = new ReentrantReadWriteLock();

  ClickHouseDestination(ClickHouseServer server) {
    this.server = server;
    this.fence = new Fence(server);
    this.schema = new ClickHouseSchema(server, fence);
    this.table = new FlatTable(server);
  }

  @Override
  public String engine() {
    return "ClickHouse "
        + new RowReader(server.queryOutsideDatabase("read the version", VERSION)).text();
  }

  @Override
  public void check() {
    server.queryOutsideDatabase("answer a trivial statement", TRIVIAL);
  }

  @Override
  public DestinationState prepare(SchemaMode mode) {
    schema.prepare(mode);
    return new DestinationState(schema.incarnation(), table.maxRowVersion(), fence.admittedEpoch());
  }

  @Override
  public void raiseFence(long epoch) {
    writing.writeLock().lock();
    try {
      fence.raise(epoch);
      earlierLeaders = table.maxRowVersion();
    } finally {
      writing.writeLock().unlock();
    }
  }

  @Override
  public @Nullable String refusal(FlatRow row) {
    return ClickHouseLimits.refusal(row);
  }

  @Override
  public RefreshResult refresh(
      RefreshScope scope, FlatStream rows, long rowVersion, WriteLease lease) {
    StoredRows stored = new StoredRows(table.stored(scope));
    Boundary.STORED_READ.reached();
    RefreshChanges changes = RefreshChanges.between(stored, rows, rowVersion, earlierLeaders);
    writing.readLock().lock();
    try {
      write(changes, rowVersion, lease);
    } finally {
      writing.readLock().unlock();
    }
    return changes.result();
  }

  private void write(RefreshChanges changes, long rowVersion, WriteLease lease) {
    String token = FlatTable.token(rowVersion);
    for (int attempt = 1; ; attempt++) {
      fence.ensureAdmitted(lease);
      if (changes.isEmpty()) {
        return;
      }
      Boundary.WRITE_ADMITTED.reached();
      try {
        table.insert(changes.rows(), token);
        Boundary.COMMITTED.reached();
        return;
      } catch (LostAnswerException e) {
        // It may have arrived: the same bytes under the same token count once
        if (attempt == INSERT_ATTEMPTS) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_BEFORE_RESENDING.toNanos());
      }
    }
  }

  @Override
  public long purgeTombstones(WriteLease lease) {
    writing.readLock().lock();
    try {
      fence.ensureAdmitted(lease);
      return table.purge();
    } finally {
      writing.readLock().unlock();
    }
  }

  @Override
  public long[] rentalsHolding(long[] paymentIds) {
    return table.rentalsHolding(paymentIds);
  }

  @Override
  public long countLive() {
    return table.countLive();
  }

  @Override
  public long maxRentalId() {
    return table.maxRentalId();
  }

  @Override
  public List<FlatKey> keys(RefreshScope.Range range) {
    return table.keys(range);
  }

  @Override
  public List<StoredFlat> stored(RefreshScope.Range range) {
    RowReader reader = new RowReader(table.stored(range));
    List<StoredFlat> stored = new ArrayList<>();
    while (reader.hasMore()) {
      stored.add(FlatFormat.read(reader));
    }
    return stored;
  }

  @Override
  public void close() {
    server.close();
  }
}
