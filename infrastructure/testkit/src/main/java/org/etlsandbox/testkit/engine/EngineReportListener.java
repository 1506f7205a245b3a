package org.etlsandbox.testkit.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Writes every test that ran or was skipped into the {@link EngineReport}. */
public final class EngineReportListener implements TestExecutionListener {
  private final Map<String, String> engines = new ConcurrentHashMap<>();
  private final Consumer<String[]> report;

  /** As the JUnit Platform makes it. */
  public EngineReportListener() {
    this(EngineReport::append);
  }

  EngineReportListener(Consumer<String[]> report) {
    this.report = report;
  }

  @Override
  public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    String engine = entry.getKeyValuePairs().get(EngineReport.ENGINE_ENTRY);
    if (engine != null) {
      engines.put(test.getUniqueId(), engine);
    }
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    line(test, "skipped", reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    String reason = result.getThrowable().map(EngineReportListener::reason).orElse("");
    switch (result.getStatus()) {
      case SUCCESSFUL -> {
        if (test.isTest()) {
          line(test, "passed", "");
        }
      }
      // Of a class too: its tests are then not reported one by one
      case ABORTED -> line(test, "skipped", reason);
      case FAILED -> line(test, "failed", reason);
    }
  }

  private void line(TestIdentifier test, String outcome, String reason) {
    String engine = engines.remove(test.getUniqueId());
    @Nullable TestSource source = test.getSource().orElse(null);
    String testClass =
        switch (source) {
          case MethodSource method -> method.getClassName();
          case ClassSource type -> type.getClassName();
          case null, default -> EngineReport.NONE;
        };
    report.accept(
        new String[] {
          engine == null ? EngineReport.NONE : engine,
          testClass,
          name(test, source),
          outcome,
          reason
        });
  }

  private static String name(TestIdentifier test, @Nullable TestSource source) {
    if (!(source instanceof MethodSource method)) {
      return test.getDisplayName();
    }
    String display = test.getDisplayName();
    return display.startsWith(method.getMethodName())
        ? method.getMethodName()
        : method.getMethodName() + " " + display;
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getName() : message;
  }
}
