package org.etlsandbox.worker;

import java.util.Locale;

/** What a worker is doing, in the words of status. */
public enum WorkerState {
  /** Not yet connected to anything. */
  STARTING,
  /** Another replica holds the lease. */
  WAITING,
  /** Filling the destination for the first time. */
  LOADING,
  /** Polling and refreshing. */
  FOLLOWING,
  /** Something cannot be reached or does not work; it is tried again. */
  FAILING,
  /** A permanent error: somebody has to change something, then start the worker again. */
  STOPPED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
