package org.etlsandbox.soak.stage;

/** One line that overwrites itself; without a terminal a line every now and then. */
public final class TerminalProgress implements Progress {

  private static final long LINE_NANOS = 15_000_000_000L;

  private final boolean terminal = System.console() != null && System.console().isTerminal();
  private final long began = System.nanoTime();
  private String lastKind = "";
  private long lastLine;

  @Override
  public void say(String words) {
    String line = "%4d s  %s".formatted((System.nanoTime() - began) / 1_000_000_000L, words);
    if (terminal) {
      System.err.print("\r\033[K" + line);
      System.err.flush();
      return;
    }
    // Only figures have changed: that can wait
    String kind = words.replaceAll("[0-9.,]+", "");
    if (!kind.equals(lastKind) || System.nanoTime() - lastLine > LINE_NANOS) {
      System.err.println(line);
      lastKind = kind;
      lastLine = System.nanoTime();
    }
  }
}
