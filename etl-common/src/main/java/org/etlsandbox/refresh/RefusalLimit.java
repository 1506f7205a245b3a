package org.etlsandbox.refresh;

/**
 * When so many rentals are refused that the destination or its adapter is wrong, not the data. Then
 * none of them is to be quarantined.
 */
public final class RefusalLimit {

  private static final double MAX_SHARE = 0.01;

  /** A small scope or run may consist of bad rentals only. */
  public static final int ALLOWED = 20;

  private RefusalLimit() {}

  /**
   * @param refused rentals refused
   * @param rentals of so many
   */
  public static boolean isExceeded(long refused, long rentals) {
    return refused > Math.max(ALLOWED, rentals * MAX_SHARE);
  }
}
