package org.etlsandbox.stack.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpRequestTest {

  private static final Path DIRECTORY = Path.of("/somewhere/.etl");

  private static UpRequest request(Long rentals, String jupiter, Integer churn, Integer portBase) {
    return request(rentals, jupiter, churn, portBase, Map.of());
  }

  private static UpRequest request(
      Long rentals,
      String jupiter,
      Integer churn,
      Integer portBase,
      Map<String, String> environment) {
    return new UpRequest(
        DIRECTORY,
        rentals,
        null,
        jupiter,
        churn,
        false,
        null,
        false,
        portBase,
        ExternalServer.from(environment));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 10_000_001})
  void rentalsHaveBounds(long rentals) {
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() -> request(rentals, null, null, null))
        .withMessage("--rentals is %d, but must be from 1 to 10000000.".formatted(rentals));
    assertThatNoException().isThrownBy(() -> request(10_000_000L, null, null, null));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 10_001})
  void churnHasBounds(int churn) {
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() -> request(null, null, churn, null))
        .withMessageContaining("--churn is " + churn);
  }

  @ParameterizedTest
  @ValueSource(ints = {1023, 64_001})
  void portBaseHasBounds(int portBase) {
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() -> request(null, null, null, portBase))
        .withMessageContaining("--port-base is " + portBase);
  }

  @Test
  void knowsTwoEmbeddedJupiters() {
    assertThat(request(null, "mysql", null, null).jupiterKind()).isEqualTo(JupiterKind.MYSQL);
    for (String unknown : new String[] {"oracle", "external"}) {
      assertThatExceptionOfType(StackFailure.class)
          .isThrownBy(() -> request(null, unknown, null, null))
          .withMessage("--jupiter is '%s', but must be one of mariadb, mysql.".formatted(unknown));
    }
  }

  @Test
  void refusesToChurnOrSeedAJupiterOfTheUsers() {
    Map<String, String> mine = Map.of("JUPITER_URL", "jdbc:mysql://db.example:3306/sakila");
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() -> request(null, null, 50, null, mine))
        .withMessageContaining("--churn 50")
        .withMessageContaining("JUPITER_URL");
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() -> request(5L, null, null, null, mine))
        .withMessageContaining("--rentals 5");
    assertThat(request(null, null, 0, null, mine).jupiterKind()).isEqualTo(JupiterKind.EXTERNAL);
  }

  @Test
  void optionsOfAChurnNeedAChurn() {
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() ->
            new UpRequest(
                DIRECTORY,
                null,
                null,
                null,
                null,
                false,
                Duration.ofMinutes(3),
                false,
                null,
                Map.of()))
        .withMessageContaining("--churn-for without --churn");
  }
}
