package org.etlsandbox.deltaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.trace.AccessLines;
import org.etlsandbox.testkit.trace.OtlpReceiver;
import org.etlsandbox.testkit.trace.ReceivedSpan;
import org.junit.jupiter.api.Test;

class DeltaApiTracesTest {

  @Test
  void aRequestIsATraceWithItsQuestionsToTheCatalogue() throws Exception {
    try (TestDatabase neptune = TestEngines.postgreSql().newDatabase();
        OtlpReceiver collector = new OtlpReceiver();
        RunningDdl api = RunningDdl.of(Map.of("neptune", neptune), collector.arguments());
        AccessLines log = new AccessLines()) {
      neptune.execute("CREATE TABLE shelf (id int PRIMARY KEY)");
      api.client()
          .get()
          .uri(RunningDdl.DDL + "/neptune")
          .header("X-Request-Id", "ddl-1")
          .exchange()
          .expectStatus()
          .isOk();

      List<ReceivedSpan> trace =
          collector.await("the request", 10, root -> root.at("http.request.id").equals("ddl-1"));
      ReceivedSpan root = trace.stream().filter(ReceivedSpan::isRoot).findFirst().orElseThrow();
      assertThat(root.name()).isEqualTo("http get /api/v1/ddl/{source}");
      assertThat(trace.stream().map(ReceivedSpan::name)).contains("query ddl-neptune");
      assertThat(log.contextOf("ddl-1")).containsEntry("trace.id", root.trace());
      if (!neptune.password().isEmpty()) {
        assertThat(trace).noneMatch(span -> span.wire().contains(neptune.password()));
      }
    }
  }
}
