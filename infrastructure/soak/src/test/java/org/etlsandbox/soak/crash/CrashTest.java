package org.etlsandbox.soak.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A few of the kills of {@code ./etl soak crash}: those between a write and what is recorded of it.
 */
class CrashTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(
      value = Target.class,
      names = {"NEPTUNE", "CLICKHOUSE"})
  void whateverMomentItIsKilledAtNothingIsLost(Target target, TestReporter reporter)
      throws Exception {
    reporter.publishEntry("engine", target.label() + " ← " + TestEngines.mariaDb().label());
    try (Lane lane = new Lane(target, TestEngines.mariaDb(), directory, new SplittableRandom(7))) {
      for (String point : List.of("load:write-admitted", "poll:committed")) {
        lane.killAt(StopPoint.parse(point));
      }
      assertThat(lane.killAnywhere(Phase.POLL)).isNotEqualTo("launch");
    }
  }
}
