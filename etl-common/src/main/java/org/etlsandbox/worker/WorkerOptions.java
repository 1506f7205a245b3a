package org.etlsandbox.worker;

import java.time.Duration;
import org.etlsandbox.change.PollOptions;
import org.etlsandbox.schema.SchemaMode;
import org.etlsandbox.source.SettleOptions;

/**
 * What the loop needs of the configuration.
 *
 * @param worker the name under which the control database knows this worker
 * @param destination the name of the database to copy into
 */
record WorkerOptions(
    String worker,
    String destination,
    SettleOptions settle,
    PollOptions poll,
    EtlProperties.Poll pace,
    int rangeSize,
    EtlProperties.Sweep sweep,
    Deletes deletes,
    SchemaMode schema,
    Duration leaseDuration,
    Duration writeLimit) {

  /**
   * A write has about six statements, of which one or two may be long: what takes as long as that
   * many at their limit is stuck.
   */
  private static final int STATEMENTS_PER_WRITE = 2;

  /**
   * The settled moment is a whole second, so asking more often tells nothing new. On MariaDB each
   * answer takes the workers' common lock for a tenth of a second: four of them leave some to
   * spare.
   */
  private static final Duration SETTLE_REST = Duration.ofMillis(750);

  /** Where transactions cannot be observed and nothing is configured. */
  private static final Duration DEFAULT_COMMIT_LAG = Duration.ofSeconds(5);

  static WorkerOptions of(String worker, EtlProperties etl) {
    Duration lag = etl.poll().commitLag();
    return new WorkerOptions(
        worker,
        etl.destination().name(),
        new SettleOptions(
            lag == null ? DEFAULT_COMMIT_LAG : lag, lag != null, etl.poll().maxHold()),
        new PollOptions(
            etl.poll().pageSize(),
            etl.poll().batchSize(),
            etl.parallelism(),
            etl.poll().memory(),
            SETTLE_REST),
        etl.poll(),
        etl.load().rangeSize(),
        etl.sweep(),
        etl.deletes(),
        etl.schema(),
        etl.lease().duration(),
        etl.statementTimeout().multipliedBy(STATEMENTS_PER_WRITE));
  }
}
