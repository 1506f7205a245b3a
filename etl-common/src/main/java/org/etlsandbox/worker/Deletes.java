package org.etlsandbox.worker;

/** What becomes of a row that Jupiter no longer has. */
public enum Deletes {
  /** It stays as a tombstone, which the view leaves out. */
  SOFT,
  /** Its tombstone is deleted when the sweep under way, or the next one, has ended. */
  HARD
}
