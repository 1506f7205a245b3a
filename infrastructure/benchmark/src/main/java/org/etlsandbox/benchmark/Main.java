package org.etlsandbox.benchmark;

import picocli.CommandLine;

/** What {@code ./etl bench} hands over to. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new BenchCommand()).execute(args));
  }
}
