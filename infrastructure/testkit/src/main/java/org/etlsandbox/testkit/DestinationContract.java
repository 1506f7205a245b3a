package org.etlsandbox.testkit;

import org.etlsandbox.destination.Destination;
import org.etlsandbox.testkit.engine.EngineReport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestReporter;

/**
 * What every destination must do, inherited by one test class an adapter:
 *
 * <pre>{@code
 * class PostgreSqlDestinationTest extends DestinationContract {
 *   protected TestStore emptyStore() {
 *     return TestEngines.postgreSql().emptyStore(new PostgreSqlDestinationProvider());
 *   }
 *
 *   public Differences differences() {
 *     return Differences.NONE.refusingNul();
 *   }
 * }
 * }</pre>
 */
public abstract class DestinationContract
    implements RefreshRules, PurgeRules, FenceRules, ValueRules, StoreRules, ScaleRules {

  private @Nullable TestStore store;
  private @Nullable Destination destination;

  /**
   * A new store without a schema. Asked once a test, and more often by tests about recreation.
   *
   * @throws org.opentest4j.TestAbortedException when the engine cannot run here
   */
  protected abstract TestStore emptyStore();

  @Override
  public Differences differences() {
    return Differences.NONE;
  }

  @BeforeEach
  final void openPrepared(TestReporter reporter) {
    store = emptyStore();
    reporter.publishEntry(EngineReport.ENGINE_ENTRY, store.engine());
    destination = store.open();
    destination.prepare();
    destination.raiseFence(1);
  }

  @AfterEach
  final void close() {
    if (destination != null) {
      destination.close();
    }
    if (store != null) {
      store.close();
    }
  }

  @Override
  public final Destination destination() {
    return opened(destination);
  }

  @Override
  public final TestStore store() {
    return opened(store);
  }

  @Override
  public final TestStore anotherStore() {
    return emptyStore();
  }

  private static <T> T opened(@Nullable T thing) {
    if (thing == null) {
      throw new IllegalStateException("Not opened yet");
    }
    return thing;
  }
}
