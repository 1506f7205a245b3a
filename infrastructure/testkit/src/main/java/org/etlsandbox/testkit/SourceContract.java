package org.etlsandbox.testkit;

import org.etlsandbox.source.Source;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.sakila.SakilaWriter;
import org.etlsandbox.testkit.sakila.TestSakila;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestReporter;

/**
 * What every source must do, inherited by one test class an engine:
 *
 * <pre>{@code
 * class MariaDbSourceTest extends SourceContract {
 *   protected TestSakila emptySakila(boolean indexed) {
 *     return TestEngines.mariaDb().emptySakila(new JupiterSourceProvider(), indexed);
 *   }
 * }
 * }</pre>
 */
public abstract class SourceContract
    implements SnapshotRules, ChangeRules, SettledRules, DescriptionRules {
  private @Nullable TestSakila sakila;
  private @Nullable Source source;

  /**
   * A new Sakila without rows. Asked once a test, and more often by tests about indexes.
   *
   * @param indexed whether the seven tables have an index on last_update
   * @throws org.opentest4j.TestAbortedException when the engine cannot run here
   */
  protected abstract TestSakila emptySakila(boolean indexed);

  @BeforeEach
  final void open(TestReporter reporter) {
    sakila = emptySakila(true);
    reporter.publishEntry(EngineReport.ENGINE_ENTRY, sakila.engine());
    source = sakila.open();
  }

  @AfterEach
  final void close() {
    if (source != null) {
      source.close();
    }
    if (sakila != null) {
      sakila.close();
    }
  }

  @Override
  public final Source source() {
    if (source == null) {
      throw new IllegalStateException("Not opened yet");
    }
    return source;
  }

  @Override
  public final SakilaWriter writer() {
    if (sakila == null) {
      throw new IllegalStateException("Not opened yet");
    }
    return sakila.writer();
  }

  @Override
  public final TestSakila anotherSakila(boolean indexed) {
    return emptySakila(indexed);
  }
}
