package org.etlsandbox.destination;

import java.util.List;
import org.etlsandbox.flat.FlatKey;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.schema.SchemaMode;
import org.jspecify.annotations.Nullable;

/**
 * A database that holds a copy of {@code CustomerOrderFlat}, written by one worker only.
 *
 * <p>Thread-safe: scopes without a common rental may be refreshed at the same time; overlapping
 * ones go one after the other, which the caller sees to. Lazy: no I/O before the first call. Every
 * method that does I/O throws {@link org.etlsandbox.failure.StoreException}.
 */
public interface Destination extends AutoCloseable {

  /** Product and version as the server tells them, e.g. {@code PostgreSQL 18.6}. */
  String engine();

  /** Returns when the server answers a trivial statement, otherwise says why not. */
  void check();

  /**
   * Brings the schema to the current version (idempotent), or refuses another one, and tells what
   * is there.
   *
   * <p>Also proves by a round trip that a DATETIME comes back unshifted.
   *
   * @throws org.etlsandbox.failure.StoreException of kind {@code PERMANENT} when {@code VALIDATE}
   *     finds no schema or another version; then nothing was changed
   */
  DestinationState prepare(SchemaMode schema);

  /** Brings the schema to the current version and tells what is there. */
  default DestinationState prepare() {
    return prepare(SchemaMode.MIGRATE);
  }

  /**
   * Admits only leaders of this epoch from now on. Waits for writes that are under way.
   *
   * @throws org.etlsandbox.failure.StoreException of kind {@code FENCED} when a higher epoch was
   *     already admitted
   */
  void raiseFence(long epoch);

  /**
   * Why this engine cannot hold the row exactly (a NUL in a text, a date out of its range), or
   * null. Pure, called once a row before it is handed to {@link #refresh}.
   */
  @Nullable String refusal(FlatRow row);

  /**
   * Makes the destination hold, for the rentals of the scope, exactly the given rows: upserts what
   * is there, tombstones what is not, leaves equal rows untouched (their version stays).
   *
   * <p>Atomic where the engine has transactions: readers see all of it or nothing. Idempotent: the
   * same call again changes nothing. A row that was written under a higher version is left alone.
   * Memory is bounded by what one scope holds; the stream is read once, to its end, and not closed.
   *
   * @param rows live rows, all within the scope, in key order, free of defects and refusals
   * @param rowVersion drawn before the rows were read; written into every row that changes
   * @param lease checked before the write becomes visible; its epoch must be the admitted one
   * @throws org.etlsandbox.failure.StoreException of kind {@code DATA} when the engine refuses a
   *     value; then nothing of the scope was changed. Of kind {@code FENCED} for a stale leader.
   */
  RefreshResult refresh(RefreshScope scope, FlatStream rows, long rowVersion, WriteLease lease);

  /**
   * Makes what a load does without and following needs, such as an index that is cheaper to build
   * than to keep up. To be called when the load has ended, and again by each later leader; does
   * nothing where it is there.
   */
  default void completeLoad() {}

  /**
   * Deletes all tombstones for good. To be called while no refresh is under way: a tombstone is
   * what keeps an older write from bringing its row back.
   *
   * <p>Atomic or in steps, as suits the engine; may be repeated. Live rows stay as they are.
   *
   * @param lease as in {@link #refresh}
   * @return how many were deleted
   * @throws org.etlsandbox.failure.StoreException of kind {@code FENCED} for a stale leader
   */
  long purgeTombstones(WriteLease lease);

  /** The rentals under which the destination holds live rows of these payments, ascending. */
  long[] rentalsHolding(long[] paymentIds);

  /** Live rows, without tombstones. */
  long countLive();

  /** The largest rental id of a live row, 0 where there is none. */
  long maxRentalId();

  /** The keys of the live rows of a range, in key order; the range bounds the memory. */
  List<FlatKey> keys(RefreshScope.Range range);

  /** Every stored row of a range in key order, tombstones included; the range bounds the memory. */
  List<StoredFlat> stored(RefreshScope.Range range);

  @Override
  void close();
}
