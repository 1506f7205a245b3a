package org.etlsandbox.worker;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EtlPropertiesTest {

  @Test
  void oneConnectionToJupiterIsRefusedWithTheReason() {
    assertThat(refusals(jupiter(1, 0)))
        .containsExactly("must be 2 or more: one connection to read, one for the health check");
    assertThat(refusals(jupiter(2, 0))).isEmpty();
    assertThat(refusals(jupiter(101, 0))).containsExactly("must be less than or equal to 100");
  }

  @Test
  void aRateThatWouldStarveAReaderIsRefused() {
    assertThat(refusals(jupiter(2, 99)))
        .containsExactly("etl.jupiter.max-rows-per-second must be 0 (no limit) or 100 and more");
    assertThat(refusals(jupiter(2, 100))).isEmpty();
    assertThat(refusals(jupiter(2, -1))).contains("must be greater than or equal to 0");
  }

  @Test
  void pausesBetweenPollsAreWithinTheirRange() {
    assertThat(refusals(poll(null, null))).isEmpty();
    assertThat(refusals(poll(Duration.ofMillis(49), null))).hasSize(1);
    assertThat(refusals(poll(null, Duration.ofMinutes(61)))).hasSize(1);
  }

  private static EtlProperties.Jupiter jupiter(int connections, int rowsPerSecond) {
    return new EtlProperties.Jupiter(
        "jdbc:mysql://127.0.0.1/sakila", "reader", "", null, connections, rowsPerSecond);
  }

  private static EtlProperties.Poll poll(@Nullable Duration shortest, @Nullable Duration longest) {
    return new EtlProperties.Poll(
        Duration.ofSeconds(1), shortest, longest, 1_000, 1_000, 1_000, null, Duration.ofHours(1));
  }

  private static List<String> refusals(Object properties) {
    try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
      Validator validator = factory.getValidator();
      return validator.validate(properties).stream().map(ConstraintViolation::getMessage).toList();
    }
  }
}
