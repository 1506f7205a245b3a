package org.etlsandbox.stack.view;

import java.util.List;

/** A line whenever there is something new, and at the latest every two seconds. */
final class PlainLines implements Progress {

  private static final long MOST_NANOS = 1_900_000_000L;
  private static final long LEAST_NANOS = 400_000_000L;

  private final Terminal terminal;
  private String last = "";
  private long lastNanos = System.nanoTime() - MOST_NANOS;

  PlainLines(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public synchronized void show(List<String> block, String sentence) {
    long quiet = System.nanoTime() - lastNanos;
    if (quiet >= MOST_NANOS || quiet >= LEAST_NANOS && !sentence.equals(last)) {
      terminal.out().println(sentence);
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
