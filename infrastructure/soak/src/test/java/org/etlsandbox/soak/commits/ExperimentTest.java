package org.etlsandbox.soak.commits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.etlsandbox.soak.stage.DestinationChoice;
import org.etlsandbox.soak.stage.JupiterChoice;
import org.etlsandbox.testkit.engine.EngineReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A short run of what {@code ./etl soak commits} does, with one worker. */
class ExperimentTest {

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void nothingIsLostFromMariaDb(TestReporter reporter) throws Exception {
    expectNothingLost(JupiterChoice.MARIADB, reporter);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void nothingIsLostFromMySql(TestReporter reporter) throws Exception {
    expectNothingLost(JupiterChoice.MYSQL, reporter);
  }

  private static void expectNothingLost(JupiterChoice jupiter, TestReporter reporter)
      throws Exception {
    Report report =
        new Experiment(
                new Trial(
                    jupiter,
                    1_500,
                    24,
                    List.of(DestinationChoice.NEPTUNE),
                    42,
                    3_000,
                    100,
                    Duration.ofSeconds(3),
                    Duration.ofMillis(200)),
                words -> {})
            .run();
    Report.Outcome neptune = report.destinations().getFirst();
    reporter.publishEntry(
        EngineReport.ENGINE_ENTRY,
        "%s ← %s (embedded)".formatted(neptune.engine(), report.jupiter()));
    // The watermark's speed is the long run's matter: here it would measure the machine
    reporter.publishEntry("report", report.inWords());

    assertThat(report.committed() + report.rolledBack()).isGreaterThanOrEqualTo(1_500);
    assertThat(report.late()).as("late commits").isGreaterThan(20);
    assertThat(report.twins()).as("pairs of commits within a second").isGreaterThan(5);
    assertThat(report.lockedOut()).as("after a metadata lock").isPositive();
    assertThat(report.bursts()).as("of a restless reader").isPositive();
    assertThat(neptune.rows().examples()).isEmpty();
    assertThat(neptune.rows().isEqual()).isTrue();
    assertThat(neptune.sweptRentals()).as("left to the sweep").isZero();
    assertThat(neptune.samples()).as("looks at the watermark").isPositive();
  }
}
