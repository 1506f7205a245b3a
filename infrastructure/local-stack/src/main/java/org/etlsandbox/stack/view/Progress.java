package org.etlsandbox.stack.view;

import java.time.Duration;
import java.util.List;

/** Shows what happens while it happens. */
public interface Progress extends AutoCloseable {

  /**
   * @param elapsed since the beginning
   * @param block the whole picture, for a terminal
   * @param sentence the same in one line, for anything else
   */
  void show(Duration elapsed, List<String> block, String sentence);

  /** Leaves what was shown last where it is. */
  @Override
  void close();

  /** What fits the terminal. */
  static Progress on(Terminal terminal) {
    return terminal.interactive() ? new LiveBlock(terminal) : new PlainLines(terminal);
  }
}
