package org.etlsandbox.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class NoIssuerTest {

  @Test
  void serviceWithoutAnIssuerRunsAndRefusesEverybody(CapturedOutput log) {
    try (RunningService service = new RunningService()) {
      String[] admin = {"Authorization", TestIssuer.bearer("etl.admin")};
      assertThat(service.get("/read/1").statusCode()).isEqualTo(401);
      assertThat(service.get("/read/1", admin).statusCode()).isEqualTo(401);
      assertThat(service.get("/read/1", admin).body())
          .contains("no issuer of tokens is configured here");
      assertThat(service.manage("GET", "/health", admin).statusCode()).isEqualTo(401);
      assertThat(service.manage("GET", "/prometheus", "Authorization", "Bearer ").statusCode())
          .isEqualTo(401);
      assertThat(service.manage("GET", "/health/liveness").statusCode()).isEqualTo(200);
    }
    assertThat(log.getAll()).contains("jwt.issuer-uri", "docs/security.md");
    assertThat(log.getAll().split("No issuer of tokens is configured", -1)).as("once").hasSize(2);
  }

  @Test
  void secretThatIsTooShortStopsTheStartAndIsNotShown(CapturedOutput log) {
    assertThatThrownBy(() -> new RunningService("--etl.access.scrape-token=hush"))
        .hasStackTraceContaining("etl.access.scrape-token must have 16 characters or more");
    assertThat(log.getAll()).contains("must have 16 characters").doesNotContain("hush");
  }

  @Test
  void originWithAPathStopsTheStart() {
    assertThatThrownBy(() -> new RunningService("--etl.access.cors-origins=https://a.test/page"))
        .hasStackTraceContaining("must be an origin");
  }
}
