package org.etlsandbox.testkit.control;

import java.time.Instant;
import java.util.UUID;
import org.etlsandbox.control.ControlDatabase;
import org.etlsandbox.control.WorkerRegister;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.TestReporter;

/** A control database of a test's own, with one worker. */
public final class TestControl implements AutoCloseable {

  public static final String WORKER = "test-worker";

  private final TestDatabase database;
  private final ControlDatabase control;

  public TestControl(TestReporter reporter) {
    database = TestEngines.postgreSql().newDatabase();
    reporter.publishEntry(EngineReport.ENGINE_ENTRY, database.engine());
    control = new ControlDatabase(database.settings());
    control.migrate();
    new WorkerRegister(control, WORKER).register();
  }

  public ControlDatabase database() {
    return control;
  }

  /** As another process has it. */
  ControlDatabase another() {
    return new ControlDatabase(database.settings());
  }

  /** Sets every watermark, as the beginning of a load does; of a new leader with this epoch. */
  public void watermarks(Instant watermark, long epoch) {
    WorkerRegister register = new WorkerRegister(control, WORKER);
    register.nextEpoch(epoch - 1);
    register.beginLoad(UUID.randomUUID(), 0, watermark, epoch);
  }

  @Override
  public void close() {
    control.close();
    database.close();
  }
}
