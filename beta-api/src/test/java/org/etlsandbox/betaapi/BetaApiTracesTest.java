package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.trace.AccessLines;
import org.etlsandbox.testkit.trace.OtlpReceiver;
import org.etlsandbox.testkit.trace.ReceivedSpan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each request is a trace with its statements, and is found from the request id and back. */
class BetaApiTracesTest {

  private static final String NAME = "ZYXWOMBAT";

  private final TestDatabase database = TestEngines.postgreSql().newDatabase();
  private final OtlpReceiver collector = new OtlpReceiver();

  @BeforeEach
  void createRows() {
    database.execute(TestDestination.schema());
    database.execute(
        "INSERT INTO customer_order_flat VALUES (1, 1, 1, 1, '%s', 1, 'ZYXTITLE', 'Action', 2.99, '2005-05-24', NULL, 1, false)"
            .formatted(NAME));
  }

  @AfterEach
  void drop() {
    collector.close();
    database.close();
  }

  @Test
  void aRequestIsATraceWithItsStatements() throws Exception {
    try (RunningApi api = start(collector.arguments());
        AccessLines log = new AccessLines()) {
      ask(api, "list-1", RunningApi.FLATS + "?customerName=" + NAME, 200);
      ask(api, "export-1", RunningApi.FLATS + "/export?customerName=" + NAME, 200);
      ask(api, "bad-1", RunningApi.FLATS + "?customerName=" + NAME + "&filmId=" + NAME, 400);
      api.management().get().uri("/actuator/health").exchange().expectStatus().isOk();

      for (String id : List.of("list-1", "export-1")) {
        List<ReceivedSpan> trace = traceOf(id);
        ReceivedSpan root = trace.stream().filter(ReceivedSpan::isRoot).findFirst().orElseThrow();
        assertThat(root.name()).startsWith("http get " + RunningApi.FLATS);
        assertThat(trace.stream().filter(span -> span.name().equals("query mars")))
            .as("statements of %s in %s", id, trace.stream().map(ReceivedSpan::name).toList())
            .isNotEmpty()
            .allSatisfy(
                span -> assertThat(span.at("jdbc.query[0]")).contains("select").contains("?"));
        assertThat(log.contextOf(id))
            .containsEntry("trace.id", root.trace())
            .containsEntry("requestId", id);
      }
      assertThat(traceOf("bad-1")).noneMatch(span -> span.name().startsWith("query"));
    }
    assertThat(collector.spans())
        .filteredOn(ReceivedSpan::isRoot)
        .as("neither the management port nor the check of the destination is a trace")
        .allSatisfy(root -> assertThat(root.name()).startsWith("http get " + RunningApi.FLATS));
    assertThat(collector.spans())
        .allSatisfy(
            span -> assertThat(span.wire()).doesNotContain(NAME, "ZYXTITLE", database.password()));
  }

  @Test
  void withoutACollectorNothingOfItIsThere() throws Exception {
    try (RunningApi api = start();
        AccessLines log = new AccessLines()) {
      ask(api, "list-2", RunningApi.FLATS, 200);
      assertThat(log.contextOf("list-2")).doesNotContainKey("trace.id");
      assertThat(api.context.getBeansOfType(io.micrometer.tracing.Tracer.class)).isEmpty();
    }
  }

  private RunningApi start(String... more) {
    return new RunningApi(
        Stream.concat(
                Stream.of(
                    "--etl.query.url=" + database.url(),
                    "--etl.query.username=" + database.username(),
                    "--etl.query.password=" + database.password()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static void ask(RunningApi api, String id, String path, int status) {
    api.client()
        .get()
        .uri(path)
        .header("X-Request-Id", id)
        .exchange()
        .expectStatus()
        .isEqualTo(status)
        .expectBody(String.class)
        .returnResult();
  }

  private List<ReceivedSpan> traceOf(String requestId) {
    return collector.await(
        "request " + requestId, 10, root -> root.at("http.request.id").equals(requestId));
  }
}
