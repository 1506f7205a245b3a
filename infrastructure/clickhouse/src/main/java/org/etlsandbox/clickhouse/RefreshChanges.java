package org.etlsandbox.clickhouse;

import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;

/**
 * What has to be inserted so that the scope holds exactly Jupiter's rows: found by one merge of
 * both sides in key order.
 */
final class RefreshChanges {

  private final long rowVersion;
  private final long earlierLeaders;
  private final FlatBlock rows = new FlatBlock();
  private long read;
  private long inserted;
  private long updated;
  private long tombstoned;
  private long unchanged;

  private RefreshChanges(long rowVersion, long earlierLeaders) {
    this.rowVersion = rowVersion;
    this.earlierLeaders = earlierLeaders;
  }

  /**
   * @param earlierLeaders the highest version that was there when this leader came: an equal row up
   *     to it is sent again, so that what an earlier leader may still send loses against it
   */
  static RefreshChanges between(
      StoredRows stored, FlatStream stream, long rowVersion, long earlierLeaders) {
    RefreshChanges changes = new RefreshChanges(rowVersion, earlierLeaders);
    for (FlatRow row = stream.next(); row != null; row = stream.next()) {
      while (stored.present() && stored.compareKey(row) < 0) {
        changes.gone(stored);
        stored.advance();
      }
      if (stored.present() && stored.compareKey(row) == 0) {
        changes.both(stored, row);
        stored.advance();
      } else {
        changes.fresh(row);
      }
    }
    for (; stored.present(); stored.advance()) {
      changes.gone(stored);
    }
    return changes;
  }

  boolean isEmpty() {
    return rows.rows() == 0;
  }

  /** In key order. */
  FlatBlock rows() {
    return rows;
  }

  RefreshResult result() {
    return new RefreshResult(read, inserted, updated, tombstoned, unchanged);
  }

  private void gone(StoredRows stored) {
    if (!stored.deleted() && stored.rowVersion() <= rowVersion) {
      stored.writeTombstone(rowVersion, rows);
      tombstoned++;
    }
  }

  private void both(StoredRows stored, FlatRow row) {
    read++;
    if (stored.rowVersion() > rowVersion) {
      unchanged++; // A later refresh has read the later truth
    } else if (stored.deleted()) {
      write(row);
      inserted++;
    } else if (stored.sameValues(row)) {
      if (stored.rowVersion() <= earlierLeaders) {
        write(row);
      }
      unchanged++;
    } else {
      write(row);
      updated++;
    }
  }

  private void fresh(FlatRow row) {
    read++;
    write(row);
    inserted++;
  }

  private void write(FlatRow row) {
    // In binary the engine would take whatever bits it is given
    String refusal = ClickHouseLimits.refusal(row);
    if (refusal != null) {
      throw new StoreException(
          Kind.DATA,
          "Rental %d cannot be held exactly: %s. It is to be quarantined."
              .formatted(row.rentalId(), refusal));
    }
    rows.live(row, rowVersion);
  }
}
