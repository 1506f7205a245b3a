package org.etlsandbox.control;

import java.util.Locale;

/** What a run was made for. */
public enum RunKind {
  /** The first filling of a destination. */
  LOAD,
  /** Rows that a poll found changed. */
  POLL,
  /** Rows that only one side had. */
  SWEEP;

  /** The word in the ledger and in meters. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
