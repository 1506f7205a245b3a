package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is answered while the destination cannot serve, on a real PostgreSQL. */
@ExtendWith(OutputCaptureExtension.class)
class OutageTest {

  private @TempDir Path directory;

  @Test
  void answersWithTheReasonWhileTheDestinationIsDownAndWorksAgainWhenItIsBack(CapturedOutput log)
      throws Exception {
    try (TestDestination destination = new TestDestination(directory.resolve("mars"))) {
      String[] arguments = destination.asArguments();
      destination.stop();

      try (RunningApi api = new RunningApi(arguments)) {
        unavailable(api, "08001", "Destination 'mars' cannot be reached.");
        awaitHealth(api, 503, "\"reason\":\"Destination 'mars' cannot be reached.\"");
        alive(api);

        destination.startAgain();
        unavailable(
            api,
            "42P01",
            "Destination 'mars' has no view customer_order_flat_current yet: its worker creates it when it starts.");

        destination.createSchema();
        api.get("/max-id").expectStatus().isOk();
        awaitHealth(api, 200, "\"destination\":\"mars\"");

        destination.stop();
        // On a connection that was open, the server's last words (57P01) may come first
        api.get("/max-id").expectStatus().isEqualTo(503);
        unavailable(api, "08001", "Destination 'mars' cannot be reached.");
        awaitHealth(api, 503, "cannot be reached");
        alive(api);

        destination.startAgain();
        api.get("/range?from=0&to=1").expectStatus().isOk();
        awaitHealth(api, 200, "checkedAt");
      }
    }
    assertThat(log.getAll()).doesNotContain(TestDestination.PASSWORD);
  }

  @Test
  void saysThatThePasswordIsWrong(CapturedOutput log) {
    try (TestDestination destination = new TestDestination(directory.resolve("mars"))) {
      String[] arguments = destination.asArguments();
      arguments[2] = "--etl.query.password=wr0ng";
      try (RunningApi api = new RunningApi(arguments)) {
        unavailable(
            api,
            "28P01",
            "Destination 'mars' refuses user name or password: check etl.query.username and etl.query.password.");
      }
      arguments[0] += "_nowhere";
      arguments[2] = "--etl.query.password=" + TestDestination.PASSWORD;
      try (RunningApi api = new RunningApi(arguments)) {
        unavailable(
            api,
            "3D000",
            "Destination 'mars' does not have the database that etl.query.url names.");
      }
    }
    assertThat(log.getAll()).doesNotContain("wr0ng", TestDestination.PASSWORD);
  }

  @Test
  void saysThatAQueryTookTooLong() throws Exception {
    try (TestDestination destination = new TestDestination(directory.resolve("mars"))) {
      destination.execute(
          "CREATE VIEW customer_order_flat_current AS SELECT 1 AS rental_id FROM pg_sleep(60)");
      String[] arguments = destination.asArguments();
      try (RunningApi api =
          new RunningApi(arguments[0], arguments[1], arguments[2], "--etl.query.timeout=1s")) {
        unavailable(
            api,
            "57014",
            "Destination 'mars' did not answer in time: etl.query.timeout is PT1S, for exports etl.query.export-timeout is PT10M.");
      }
    }
  }

  private static void unavailable(RunningApi api, String sqlState, String reason) {
    api.get("/max-id")
        .expectStatus()
        .isEqualTo(503)
        .expectHeader()
        .valueEquals("Content-Type", "application/problem+json")
        .expectHeader()
        .exists("Retry-After")
        .expectBody()
        .jsonPath("$.title")
        .isEqualTo("Destination unavailable")
        .jsonPath("$.detail")
        .isEqualTo(reason)
        .jsonPath("$.sqlState")
        .isEqualTo(sqlState)
        .jsonPath("$.destination")
        .isEqualTo("mars");
  }

  private static void alive(RunningApi api) {
    for (String probe : new String[] {"liveness", "readiness"}) {
      api.management().get().uri("/actuator/health/" + probe).exchange().expectStatus().isOk();
    }
  }

  private static void awaitHealth(RunningApi api, int status, String part) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(
                    api.management()
                        .get()
                        .uri("/actuator/health")
                        .exchange()
                        .expectStatus()
                        .isEqualTo(status)
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody())
                .contains(part));
  }
}
