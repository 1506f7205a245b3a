package org.etlsandbox.stack.view;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where text goes, and what it may look like there.
 *
 * @param interactive whether lines may be drawn over
 * @param colour whether text may be coloured
 */
public record Terminal(PrintStream out, boolean interactive, boolean colour) {

  private static final int STANDARD_OUT = 1;
  private static final int STANDARD_ERROR = 2;

  /** Answers go here. */
  public static Terminal standardOut() {
    return of(System.out, STANDARD_OUT);
  }

  /** Progress and errors go here. */
  public static Terminal standardError() {
    return of(System.err, STANDARD_ERROR);
  }

  private static Terminal of(PrintStream out, int descriptor) {
    String term = System.getenv().getOrDefault("TERM", "dumb");
    boolean interactive = isTerminal(descriptor) && !term.equals("dumb");
    // https://no-color.org
    boolean colour = interactive && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(out, interactive, colour);
  }

  // why: System.console() is about standard input as well, which may be redirected by itself
  private static boolean isTerminal(int descriptor) {
    try {
      Path device = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)));
      return device.startsWith("/dev/pts") || device.toString().startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  public String bold(String text) {
    return styled("1", text);
  }

  public String faint(String text) {
    return styled("2", text);
  }

  public String red(String text) {
    return styled("31", text);
  }

  public String green(String text) {
    return styled("32", text);
  }

  public String yellow(String text) {
    return styled("33", text);
  }

  private String styled(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
