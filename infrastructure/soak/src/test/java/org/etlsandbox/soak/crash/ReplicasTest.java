package org.etlsandbox.soak.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two processes of one worker, as {@code ./etl soak replicas} runs them at every boundary. */
class ReplicasTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(
      value = Target.class,
      names = {"NEPTUNE", "CLICKHOUSE"})
  void aLeaderThatSleptWritesNothingOldAndOneThatIsKilledIsFollowed(
      Target target, TestReporter reporter) throws Exception {
    reporter.publishEntry("engine", target.label() + " ← " + TestEngines.mariaDb().label());
    try (Replicas replicas = new Replicas(target, TestEngines.mariaDb(), directory, "3s")) {
      Replicas.Awakening awakening = replicas.pauseLeaderAt(StopPoint.parse("poll:flats-asked"));
      assertThat(awakening.staleSeen()).isFalse();
      assertThat(replicas.killLeader()).isLessThan(30);
    }
  }
}
