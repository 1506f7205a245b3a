package org.etlsandbox.soak.commits;

import java.util.List;

/**
 * What came of a trial.
 *
 * @param jupiter product and version
 * @param view where the workers saw Jupiter's open transactions
 * @param retried transactions done once more after a deadlock or a lock that did not come
 * @param late transactions that committed after a long wait
 * @param twins pairs of commits to one row within one second
 * @param lockedOut transactions that waited for a metadata lock first and then idled
 * @param bursts times that a reader kept {@code innodb_trx} old
 * @param longestTransactionMillis as the writers know it
 */
public record Report(
    String jupiter,
    String view,
    long seconds,
    long committed,
    long rolledBack,
    long retried,
    long late,
    long twins,
    long lockedOut,
    long bursts,
    long longestTransactionMillis,
    List<Outcome> destinations) {

  /** Of the bar: never further behind than the oldest open transaction plus this. */
  private static final long MAX_EXCESS_MILLIS = 3_000;

  public Report {
    destinations = List.copyOf(destinations);
  }

  /**
   * What one destination holds, and how its worker kept up.
   *
   * @param engine product and version, and whether it stands in for another
   * @param behindMillis the farthest that the watermark was behind Jupiter's clock
   * @param excessMillis the most by which that exceeded the age of the oldest transaction
   * @param sessions of the worker: more than one when it failed, a deadlock with an ALTER TABLE
   *     say, and began anew
   * @param sweptRentals what the sweep has found. In one session that must be nothing, or polling
   *     lost it; a new session sweeps at once, and meets what its polls have not come to yet
   */
  public record Outcome(
      String destination,
      String engine,
      Comparison rows,
      long behindMillis,
      long excessMillis,
      long samples,
      long sessions,
      long sweptRentals) {

    boolean isComplete() {
      return rows.isEqual() && (sweptRentals == 0 || sessions > 1);
    }

    boolean keptUp(long longestTransactionMillis) {
      return samples > 0
          && excessMillis <= MAX_EXCESS_MILLIS
          && behindMillis <= longestTransactionMillis + MAX_EXCESS_MILLIS;
    }
  }

  /** Whether nothing was lost, by the polls alone. */
  public boolean isComplete() {
    return destinations.stream().allMatch(Outcome::isComplete);
  }

  /**
   * Whether no watermark was ever further behind than the oldest transaction that was open then, or
   * had been within the last 3 s, plus 3 s; nor than the longest of all plus 3 s.
   */
  public boolean keptUp() {
    return destinations.stream().allMatch(one -> one.keptUp(longestTransactionMillis));
  }

  /** In some lines, for people. */
  public String inWords() {
    StringBuilder words =
        new StringBuilder(
            """
            Jupiter       %s, transactions seen in %s
            transactions  %,d committed, %,d rolled back in %d s; %,d tried again
            of these      %,d late (longest %.1f s), %,d pairs within a second, %,d after a metadata lock
            besides       %,d bursts of a restless reader of innodb_trx
            """
                .formatted(
                    jupiter,
                    view,
                    committed,
                    rolledBack,
                    seconds,
                    retried,
                    late,
                    longestTransactionMillis / 1000.0,
                    twins,
                    lockedOut,
                    bursts));
    for (Outcome one : destinations) {
      words.append(
          "%-13s %,d rows: %d missing, %d wrong, %d extra; swept %d in %d session%s; watermark at most %.1f s behind, %.1f s more than the oldest transaction  (%s)%n"
              .formatted(
                  one.destination,
                  one.rows.rows(),
                  one.rows.missing(),
                  one.rows.wrong(),
                  one.rows.extra(),
                  one.sweptRentals,
                  one.sessions,
                  one.sessions == 1 ? "" : "s",
                  one.behindMillis / 1000.0,
                  one.excessMillis / 1000.0,
                  one.engine));
      one.rows
          .examples()
          .forEach(example -> words.append("              ").append(example).append('\n'));
    }
    return words.toString();
  }
}
