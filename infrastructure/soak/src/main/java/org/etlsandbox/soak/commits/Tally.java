package org.etlsandbox.soak.commits;

import java.util.concurrent.atomic.AtomicLong;

/** What happened so far. */
final class Tally {
  final AtomicLong committed = new AtomicLong();
  final AtomicLong rolledBack = new AtomicLong();

  /** After a deadlock or a lock that did not come: the transaction was done once more. */
  final AtomicLong retried = new AtomicLong();

  /** Committed after a wait of up to the longest one. */
  final AtomicLong late = new AtomicLong();

  /** Two commits to one row, whose last_update is the same. */
  final AtomicLong twins = new AtomicLong();

  /** Statements that waited for a metadata lock, in transactions that idled after it. */
  final AtomicLong lockedOut = new AtomicLong();

  /** Times that somebody read innodb_trx without a rest. */
  final AtomicLong bursts = new AtomicLong();

  long ended() {
    return committed.get() + rolledBack.get();
  }
}
