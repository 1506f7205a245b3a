package org.etlsandbox.stack.view;

import java.time.Duration;
import java.util.List;

/** Some lines of a terminal that are drawn over again and again. */
final class LiveBlock implements Progress {

  // https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
  private static final String UP = "\u001b[%dA";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  // why: a line that wraps would take two rows, and the block would creep down
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";

  private final Terminal terminal;
  private int drawn;

  LiveBlock(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public synchronized void show(Duration elapsed, List<String> block, String sentence) {
    StringBuilder frame = new StringBuilder(NO_WRAP);
    if (drawn > 0) {
      frame.append(UP.formatted(drawn));
    }
    frame.append('\r');
    block.forEach(line -> frame.append(line).append(CLEAR_LINE).append('\n'));
    frame.append(CLEAR_BELOW).append(WRAP);
    terminal.out().print(frame);
    terminal.out().flush();
    drawn = block.size();
  }

  @Override
  public void close() {
    terminal.out().flush();
  }
}
