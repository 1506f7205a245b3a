package org.etlsandbox.destination;

/**
 * What one refresh did, in rows. {@code read} is what Jupiter has: inserted + updated + unchanged.
 *
 * @param inserted rows that the destination did not hold live before (a row coming back counts
 *     here)
 * @param updated live rows whose values differed
 * @param tombstoned live rows that Jupiter no longer has
 * @param unchanged rows that stay untouched: equal ones, and those that a higher version wrote
 */
public record RefreshResult(
    long read, long inserted, long updated, long tombstoned, long unchanged) {

  public static final RefreshResult NOTHING = new RefreshResult(0, 0, 0, 0, 0);

  public RefreshResult plus(RefreshResult other) {
    return new RefreshResult(
        read + other.read,
        inserted + other.inserted,
        updated + other.updated,
        tombstoned + other.tombstoned,
        unchanged + other.unchanged);
  }

  /** Rows that were written. */
  public long written() {
    return inserted + updated + tombstoned;
  }
}
