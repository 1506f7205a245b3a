package org.etlsandbox.soak.crash;

import java.nio.file.Path;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.boundary.BoundaryListener;
import org.jspecify.annotations.Nullable;

/** In the worker process: notes every boundary, and halts the thread that reaches the armed one. */
public final class StopAtBoundary implements BoundaryListener {

  static final String PAGE = "etl.soak.page";

  private final @Nullable SharedPage page;

  /** Does nothing in a process that the harness has not given a page. */
  public StopAtBoundary() {
    String file = System.getProperty(PAGE);
    page = file == null ? null : SharedPage.open(Path.of(file));
    if (page != null) {
      // A harness that was killed leaves no worker behind
      ProcessHandle.current()
          .parent()
          .ifPresent(harness -> harness.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
    }
  }

  @Override
  public void reached(Boundary boundary) {
    if (page == null || !page.note(boundary)) {
      return;
    }
    while (page.halted()) {
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
