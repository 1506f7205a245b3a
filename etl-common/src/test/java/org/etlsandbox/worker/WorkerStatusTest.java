package org.etlsandbox.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.etlsandbox.change.PollPhases;
import org.etlsandbox.change.PollResult;
import org.junit.jupiter.api.Test;

class WorkerStatusTest {

  private static final Duration POLL_INTERVAL = Duration.ofMinutes(2);

  private static final PollPhases NO_TIME =
      new PollPhases(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  private final WorkerStatus status =
      new WorkerStatus(
          new Circuit(new EtlProperties.Retry(Duration.ofSeconds(1), Duration.ofSeconds(30))),
          POLL_INTERVAL);

  @Test
  void isInStepAfterAPollUntilTheNextOneTakesTooLong() {
    status.loading(0, 10);
    status.loadedTo(10);
    status.loaded();
    status.following();
    assertThat(status.inStep()).as("before the first poll").isFalse();

    polled(Duration.ofSeconds(129));
    assertThat(status.inStep()).as("the next poll is due").isTrue();

    polled(Duration.ofSeconds(131));
    assertThat(status.inStep()).as("the next poll does not end").isFalse();

    polled(Duration.ZERO);
    assertThat(status.inStep()).isTrue();

    status.failing("refused");
    assertThat(status.inStep()).isFalse();
  }

  private void polled(Duration ago) {
    status.polled(
        System.nanoTime() - ago.toNanos(), new PollResult(false, Duration.ZERO, null, NO_TIME));
  }
}
