package org.etlsandbox.stack.view;

import java.time.Duration;
import java.util.List;
import org.etlsandbox.stack.plan.Durations;

/** A line whenever there is something new, and at the latest every two seconds. */
final class PlainLines implements Progress {

  private static final long MOST_NANOS = 1_700_000_000L;
  private static final long LEAST_NANOS = 500_000_000L;

  private final Terminal terminal;
  private String last = "";
  private long lastNanos = System.nanoTime() - MOST_NANOS;

  PlainLines(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public synchronized void show(Duration elapsed, List<String> block, String sentence) {
    long quiet = System.nanoTime() - lastNanos;
    if (quiet >= MOST_NANOS || quiet >= LEAST_NANOS && !sentence.equals(last)) {
      terminal.out().println("%7s  %s".formatted(Durations.format(elapsed), sentence));
      terminal.out().flush();
      last = sentence;
      lastNanos = System.nanoTime();
    }
  }

  @Override
  public void close() {
    terminal.out().flush();
  }
}
