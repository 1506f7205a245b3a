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
  private final RowBuffer rows = new RowBuffer(8192);
  private final RowBuffer business = new RowBuffer(256);
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
    return rows.size() == 0;
  }

  /** Whole rows in RowBinary, in key order. */
  RowBuffer rows() {
    return rows;
  }

  RefreshResult result() {
    return new RefreshResult(read, inserted, updated, tombstoned, unchanged);
  }

  private void gone(StoredRows stored) {
    if (!stored.deleted() && stored.rowVersion() <= rowVersion) {
      stored.copyBusiness(rows);
      FlatFormat.writeOwn(rowVersion, true, rows);
      tombstoned++;
    }
  }

  private void both(StoredRows stored, FlatRow row) {
    read++;
    encode(row);
    if (stored.rowVersion() > rowVersion) {
      unchanged++; // A later refresh has read the later truth
    } else if (stored.deleted()) {
      write();
      inserted++;
    } else if (stored.sameBusiness(business)) {
      if (stored.rowVersion() <= earlierLeaders) {
        write();
      }
      unchanged++;
    } else {
      write();
      updated++;
    }
  }

  private void fresh(FlatRow row) {
    read++;
    encode(row);
    write();
    inserted++;
  }

  private void encode(FlatRow row) {
    // In binary the engine would take whatever bits it is given
    String refusal = ClickHouseLimits.refusal(row);
    if (refusal != null) {
      throw new StoreException(
          Kind.DATA,
          "Rental %d cannot be held exactly: %s. It is to be quarantined."
              .formatted(row.rentalId(), refusal));
    }
    business.clear();
    FlatFormat.writeBusiness(row, business);
  }

  private void write() {
    rows.append(business);
    FlatFormat.writeOwn(rowVersion, false, rows);
  }
}
