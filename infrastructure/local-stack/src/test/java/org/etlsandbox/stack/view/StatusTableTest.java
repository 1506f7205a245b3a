package org.etlsandbox.stack.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.etlsandbox.stack.plan.Store;
import org.etlsandbox.stack.state.DestinationStatus;
import org.junit.jupiter.api.Test;

class StatusTableTest {

  private static final Terminal PLAIN =
      new Terminal(new PrintStream(OutputStream.nullOutputStream()), false, false);

  private static DestinationStatus following(String destination, boolean standIn, double behind) {
    return following(destination, standIn, true, behind, 0);
  }

  private static DestinationStatus following(
      String destination, boolean standIn, boolean inStep, double behind, long refreshing) {
    return new DestinationStatus(
        destination,
        "PostgreSQL 18.6",
        standIn,
        17_034L,
        inStep,
        behind,
        0.0,
        0L,
        "following",
        null,
        16_000L,
        16_000L,
        0.4,
        refreshing,
        List.of("CREATE INDEX a"));
  }

  @Test
  void alignsAndLabelsStandIns() {
    assertThat(
            new StatusTable(PLAIN)
                .lines(List.of(following("mars", true, 0.6), following("neptune", false, 12.3))))
        .containsExactly(
            "destination  engine                        rows  behind by  rows/s  state",
            "mars         PostgreSQL 18.6 (stand-in)  17,034      0.6 s       0  in step",
            "neptune      PostgreSQL 18.6             17,034     12.3 s       0  in step",
            "Hint for Jupiter: CREATE INDEX a");
  }

  @Test
  void whoIsFarBehindIsNotInStep() {
    assertThat(StatusTable.state(following("mars", false, false, 30, 0))).isEqualTo("catching up");
  }

  @Test
  void aLongRunShowsHowFarItHasCome() {
    assertThat(StatusTable.state(following("mars", true, true, 12.3, 45_000)))
        .isEqualTo("refreshing, 45,000 rentals so far");
    assertThat(StatusTable.state(following("mars", true, true, 0.6, 300))).isEqualTo("in step");
  }

  @Test
  void saysWhatIsWrongBelow() {
    assertThat(
            new StatusTable(PLAIN)
                .lines(List.of(DestinationStatus.down(Store.CLICKHOUSE, "no engine"))))
        .endsWith("clickhouse: no engine");
  }

  @Test
  void oneSentencePutsEqualOnesTogether() {
    assertThat(
            StatusTable.sentence(
                List.of(
                    following("mars", true, 1),
                    DestinationStatus.down(Store.CLICKHOUSE, "no engine"),
                    following("venus", true, 1))))
        .isEqualTo("mars, venus in step; clickhouse down (no engine)");
  }

  @Test
  void publishesExactlyThePromisedKeys() {
    assertThat(following("mars", true, 1).published().keySet())
        .containsExactly(
            "destination",
            "engine",
            "standIn",
            "rows",
            "inStep",
            "behindSeconds",
            "heldBySeconds",
            "quarantined",
            "state",
            "error");
  }
}
