package org.etlsandbox.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.TestAbortedException;

class EngineReportListenerTest {

  @Test
  void everyOutcomeHasItsLine() {
    List<String> lines = new ArrayList<>();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(Outcomes.class), selectClass(Unavailable.class))
            .build();
    LauncherConfig plain =
        LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build();
    LauncherFactory.create(plain)
        .execute(
            request, new EngineReportListener(columns -> lines.add(String.join("|", columns))));

    String outcomes = Outcomes.class.getName();
    assertThat(lines)
        .containsExactlyInAnyOrder(
            "Engine 1.0 (embedded)|" + outcomes + "|passes|passed|",
            "-|" + outcomes + "|withParameter [1] word = \"a\"|passed|",
            "-|" + outcomes + "|fails|failed|because",
            "-|" + outcomes + "|aborts|skipped|cannot run here",
            "-|" + outcomes + "|isDisabled|skipped|for a reason",
            "-|" + Unavailable.class.getName() + "|" + "the class" + "|skipped|no engine");
  }

  // Not found by the build, which looks for names ending in Test
  static class Outcomes {
    @Test
    void passes(TestReporter reporter) {
      reporter.publishEntry(EngineReport.ENGINE_ENTRY, "Engine 1.0 (embedded)");
    }

    @ParameterizedTest
    @ValueSource(strings = "a")
    void withParameter(String word) {
      assertThat(word).isEqualTo("a");
    }

    @Test
    void fails() {
      throw new IllegalStateException("because");
    }

    @Test
    void aborts() {
      throw new TestAbortedException("cannot run here");
    }

    @Test
    @Disabled("for a reason")
    void isDisabled() {}
  }

  @DisplayName("the class")
  static class Unavailable {
    @BeforeAll
    static void start() {
      throw new TestAbortedException("no engine");
    }

    @Test
    void neverRuns() {}
  }
}
