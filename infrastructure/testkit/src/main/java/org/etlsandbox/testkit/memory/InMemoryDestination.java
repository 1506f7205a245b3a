package org.etlsandbox.testkit.memory;

import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.DestinationState;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.destination.StoredFlat;
import org.etlsandbox.destination.WriteLease;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatKey;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.schema.SchemaMode;
import org.jspecify.annotations.Nullable;

/**
 * The reference destination: what the contract means, in a sorted map.
 *
 * <p>Stricter than a database: rows that come out of order, twice, from outside the scope or with a
 * defect are a bug of the caller and end in an {@link IllegalStateException}. Can be told to fail.
 */
public final class InMemoryDestination implements Destination {

  /** What survives closing and opening again. */
  private static final class Contents {
    final NavigableMap<FlatKey, StoredFlat> rows = new TreeMap<>();
    final UUID incarnation = UUID.randomUUID();
    long epoch;
  }

  private final Contents contents;
  private volatile Predicate<FlatRow> refused = row -> false;
  private volatile Predicate<FlatRow> poison = row -> false;
  private volatile @Nullable StoreException failure;
  private volatile boolean closed;

  public InMemoryDestination() {
    this(new Contents());
  }

  private InMemoryDestination(Contents contents) {
    this.contents = contents;
  }

  /** The same contents once more, as a restarted worker finds them; told to fail nowhere. */
  public InMemoryDestination reopen() {
    return new InMemoryDestination(contents);
  }

  /** From now on {@link #refusal} names these rows. */
  public void refuse(Predicate<FlatRow> rows) {
    refused = rows;
  }

  /** From now on these rows fail as {@code DATA} when written, without a refusal beforehand. */
  public void poison(Predicate<FlatRow> rows) {
    poison = rows;
  }

  /** From now on every call fails like this; null = works again. */
  public void failWith(@Nullable StoreException next) {
    failure = next;
  }

  @Override
  public String engine() {
    check();
    return "in-memory";
  }

  @Override
  public void check() {
    if (closed) {
      throw new IllegalStateException("The destination is closed");
    }
    StoreException told = failure;
    if (told != null) {
      throw new StoreException(told.kind(), String.valueOf(told.getMessage()), told);
    }
  }

  @Override
  public DestinationState prepare(SchemaMode schema) {
    check();
    synchronized (contents) {
      long version =
          contents.rows.values().stream().mapToLong(StoredFlat::rowVersion).max().orElse(0);
      return new DestinationState(contents.incarnation, version, contents.epoch);
    }
  }

  @Override
  public void raiseFence(long epoch) {
    check();
    synchronized (contents) {
      if (epoch < contents.epoch) {
        throw fenced(epoch);
      }
      contents.epoch = epoch;
    }
  }

  @Override
  public @Nullable String refusal(FlatRow row) {
    return refused.test(row) ? "in-memory was told to refuse rental " + row.rentalId() : null;
  }

  @Override
  public RefreshResult refresh(
      RefreshScope scope, FlatStream rows, long rowVersion, WriteLease lease) {
    check();
    NavigableMap<FlatKey, CustomerOrderFlat> live = readFully(scope, rows);
    synchronized (contents) {
      check();
      if (lease.epoch() != contents.epoch) {
        throw fenced(lease.epoch());
      }
      lease.ensureHeld();
      return apply(scope, live, rowVersion);
    }
  }

  private NavigableMap<FlatKey, CustomerOrderFlat> readFully(RefreshScope scope, FlatStream rows) {
    NavigableMap<FlatKey, CustomerOrderFlat> live = new TreeMap<>();
    for (FlatRow row = rows.next(); row != null; row = rows.next()) {
      CustomerOrderFlat flat = CustomerOrderFlat.copyOf(row);
      if (row.defect() != null
          || !scope.contains(row.rentalId())
          || (!live.isEmpty() && live.lastKey().compareTo(flat.key()) >= 0)) {
        throw new IllegalStateException(
            "Row %s must not be in a stream for %s: defect %s, after %s"
                .formatted(
                    flat.key(), scope, row.defect(), live.isEmpty() ? "none" : live.lastKey()));
      }
      if (refused.test(row)
          || poison.test(row)
          || Math.abs(flat.amountCents()) > CustomerOrderFlat.MAX_AMOUNT_CENTS) {
        throw new StoreException(Kind.DATA, "in-memory cannot hold " + flat);
      }
      live.put(flat.key(), flat);
    }
    return live;
  }

  private RefreshResult apply(
      RefreshScope scope, NavigableMap<FlatKey, CustomerOrderFlat> live, long rowVersion) {
    long inserted = 0;
    long updated = 0;
    for (CustomerOrderFlat flat : live.values()) {
      StoredFlat stored = contents.rows.get(flat.key());
      if (stored != null
          && (stored.rowVersion() > rowVersion
              || (!stored.deleted() && stored.flat().equals(flat)))) {
        continue;
      }
      contents.rows.put(flat.key(), new StoredFlat(flat, rowVersion, false));
      if (stored == null || stored.deleted()) {
        inserted++;
      } else {
        updated++;
      }
    }
    long tombstoned = 0;
    for (StoredFlat stored : within(scope)) {
      FlatKey key = stored.flat().key();
      if (!stored.deleted() && stored.rowVersion() <= rowVersion && !live.containsKey(key)) {
        contents.rows.put(key, new StoredFlat(stored.flat(), rowVersion, true));
        tombstoned++;
      }
    }
    return new RefreshResult(
        live.size(), inserted, updated, tombstoned, live.size() - inserted - updated);
  }

  @Override
  public long purgeTombstones(WriteLease lease) {
    check();
    synchronized (contents) {
      if (lease.epoch() != contents.epoch) {
        throw fenced(lease.epoch());
      }
      lease.ensureHeld();
      int before = contents.rows.size();
      contents.rows.values().removeIf(StoredFlat::deleted);
      return before - contents.rows.size();
    }
  }

  @Override
  public long[] rentalsHolding(long[] paymentIds) {
    check();
    long[] payments = Arrays.stream(paymentIds).sorted().toArray();
    return live().stream()
        .filter(flat -> Arrays.binarySearch(payments, flat.paymentId()) >= 0)
        .mapToLong(CustomerOrderFlat::rentalId)
        .distinct()
        .toArray();
  }

  @Override
  public long countLive() {
    check();
    return live().size();
  }

  @Override
  public long maxRentalId() {
    check();
    return live().stream().mapToLong(CustomerOrderFlat::rentalId).max().orElse(0);
  }

  /** The live rows in key order. */
  public List<CustomerOrderFlat> live() {
    synchronized (contents) {
      return contents.rows.values().stream()
          .filter(stored -> !stored.deleted())
          .map(StoredFlat::flat)
          .toList();
    }
  }

  @Override
  public List<FlatKey> keys(RefreshScope.Range range) {
    return stored(range).stream()
        .filter(row -> !row.deleted())
        .map(row -> row.flat().key())
        .toList();
  }

  @Override
  public List<StoredFlat> stored(RefreshScope.Range range) {
    check();
    synchronized (contents) {
      return within(range);
    }
  }

  private List<StoredFlat> within(RefreshScope scope) {
    return switch (scope) {
      case RefreshScope.Range range -> between(range.from() + 1, range.to());
      case RefreshScope.Rentals rentals ->
          Arrays.stream(rentals.ids()).boxed().flatMap(id -> between(id, id).stream()).toList();
    };
  }

  private List<StoredFlat> between(long firstRental, long lastRental) {
    FlatKey first = new FlatKey(firstRental, 0, 0);
    FlatKey last = new FlatKey(lastRental, Long.MAX_VALUE, Long.MAX_VALUE);
    return List.copyOf(contents.rows.subMap(first, true, last, true).values());
  }

  @Override
  public void close() {
    closed = true;
  }

  private StoreException fenced(long epoch) {
    return new StoreException(
        Kind.FENCED,
        "in-memory admits epoch %d, this leader has %d: another one took over"
            .formatted(contents.epoch, epoch));
  }
}
