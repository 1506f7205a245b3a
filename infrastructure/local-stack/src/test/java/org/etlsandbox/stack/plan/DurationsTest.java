package org.etlsandbox.stack.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({"90s,90", "5m,300", "1h,3600", "180,180", " 7S ,7"})
  void readsWhatPeopleWrite(String text, long seconds) {
    assertThat(Durations.parse("--timeout", text)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0s", "-5", "5 minutes", "1.5m", "", "9999999999"})
  void refusesAnythingElseNamingOptionAndValue(String text) {
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() -> Durations.parse("--timeout", text))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(StackFailure.USAGE))
        .withMessageContaining("--timeout is '" + text + "'")
        .withMessageContaining("90s, 5m, 1h");
  }

  @Test
  void writesThemShort() {
    assertThat(Durations.format(Duration.ofSeconds(45))).isEqualTo("45s");
    assertThat(Durations.format(Duration.ofSeconds(200))).isEqualTo("3m 20s");
    assertThat(Durations.format(Duration.ofMinutes(5))).isEqualTo("5m");
    assertThat(Durations.format(Duration.ofMinutes(125))).isEqualTo("2h 5m");
  }
}
