package org.etlsandbox.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitTest {

  private static final String LIMIT = "--etl.access.requests-per-minute=5";
  private static final String SECRET = "--etl.access.scrape-token=0123456789abcdef";

  @Test
  void whoAsksTooOftenWaitsAndNobodyElse() {
    try (RunningService service = new RunningService(TestIssuer.arguments(LIMIT, SECRET))) {
      String[] ann = {"Authorization", TestIssuer.bearerOf("ann", "etl.read")};
      for (int i = 0; i < 5; i++) {
        // Both ports count together, and what is refused counts, too
        assertThat(
                i % 2 == 0
                    ? service.get("/read/1", ann).statusCode()
                    : service.manage("GET", "/auditevents", ann).statusCode())
            .isEqualTo(i % 2 == 0 ? 200 : 403);
      }
      HttpResponse<String> tooMany = service.get("/read/1", ann);
      assertThat(tooMany.statusCode()).isEqualTo(429);
      assertThat(tooMany.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 12L);
      assertThat(tooMany.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(tooMany.body())
          .contains("More than 5 requests a minute of 'ann': try again in ", "\"requestId\":\"");
      assertThat(service.manage("GET", "/health", ann).statusCode()).isEqualTo(429);

      assertThat(
              service
                  .get("/read/1", "Authorization", TestIssuer.bearerOf("ben", "etl.read"))
                  .statusCode())
          .isEqualTo(200);
      for (int i = 0; i < 10; i++) {
        assertThat(service.manage("GET", "/health/liveness").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void tokensCannotBeTriedOutQuickly() {
    try (RunningService service = new RunningService(TestIssuer.arguments(LIMIT, SECRET))) {
      String[] guess = {"Authorization", "Bearer guess"};
      for (int i = 0; i < 5; i++) {
        assertThat(
                i % 2 == 0
                    ? service.get("/read/1").statusCode()
                    : service.manage("GET", "/prometheus", guess).statusCode())
            .isEqualTo(401);
      }
      HttpResponse<String> tooMany = service.manage("GET", "/prometheus", guess);
      assertThat(tooMany.statusCode()).isEqualTo(429);
      assertThat(tooMany.body()).contains("without an accepted token from your address");
      assertThat(
              service
                  .manage("GET", "/prometheus", "Authorization", "Bearer 0123456789abcdef")
                  .statusCode())
          .as("the right one is not looked at, either")
          .isEqualTo(429);
      assertThat(service.manage("GET", "/health/readiness").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void acceptedTokensDoNotUseUpTheirAddress() {
    try (RunningService service = new RunningService(TestIssuer.arguments(LIMIT))) {
      for (int i = 0; i < 20; i++) {
        String subject = "subject-" + i;
        assertThat(
                service
                    .get("/read/1", "Authorization", TestIssuer.bearerOf(subject, "etl.read"))
                    .statusCode())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void refillsEvenly() {
    long[] now = {0};
    RateLimit limit =
        new RateLimit(
            60,
            new TimeMeter() {
              @Override
              public long currentTimeNanos() {
                return now[0];
              }

              @Override
              public boolean isWallClockBased() {
                return false;
              }
            });
    assertThat(limit.of("ann").tryConsume(60)).isTrue();
    assertThat(limit.of("ann").tryConsume(1)).isFalse();
    now[0] = 1_000_000_000L;
    assertThat(limit.of("ann").tryConsume(1)).isTrue();
    assertThat(limit.of("ann").tryConsume(1)).isFalse();
    now[0] = 3_600_000_000_000L;
    assertThat(limit.of("ann").tryConsume(61)).as("more than a minute's worth").isFalse();
    assertThat(limit.of("ann").tryConsume(60)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,               127.0.0.1",
    "2001:db8:1:2:3:4:5:6,    20010db800010002::/64",
    "2001:db8:1:2:ffff::1,    20010db800010002::/64",
    "2001:db8:1:3::1,         20010db800010003::/64",
    "::ffff:10.0.0.1,         10.0.0.1",
    "unknown,                 unknown",
  })
  void addressesOfOneNetworkAreOneCaller(String address, String caller) {
    assertThat(ClientAddress.network(address))
        .isEqualTo(caller.equals("10.0.0.1") ? address : caller);
  }
}
