package org.etlsandbox.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.directory.StackProcesses;
import org.etlsandbox.stack.plan.StackFailure;
import org.etlsandbox.stack.plan.StackOptions;

/** The supervisor as a process of its own that outlives the command which starts it. */
final class SupervisorProcess {

  // why: six services take 250 to 400 MB; loads work within bounds on top of that
  private static final String MAX_HEAP = "-Xmx1g";
  private static final int LAST_LINES = 3;

  private final DataDirectory directory;
  private final Process process;

  private SupervisorProcess(DataDirectory directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  /**
   * Starts it in a session of its own, so that a Ctrl-C in the terminal does not reach it and its
   * engines.
   *
   * @param untilEof whether it stops when this JVM is gone
   */
  static SupervisorProcess start(
      StackOptions options, DataDirectory directory, boolean untilEof, boolean debug) {
    ProcessBuilder builder =
        new ProcessBuilder(line(options, directory, untilEof, debug))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(output(directory).toFile()));
    if (!untilEof) {
      builder.redirectInput(Path.of("/dev/null").toFile());
    }
    try {
      return new SupervisorProcess(directory, builder.start());
    } catch (IOException e) {
      throw StackFailure.failed(
          "The supervisor could not be started (%s): is setsid there (package util-linux)?"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static List<String> line(
      StackOptions options, DataDirectory directory, boolean untilEof, boolean debug) {
    List<String> line = new ArrayList<>();
    line.add("setsid");
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            MAX_HEAP,
            StackProcesses.mark(directory),
            "-Detl.log=" + directory.stackLog(),
            "-Detl.log.access=" + directory.accessLog(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    for (String property : List.of("etl.home", "etl.cache")) {
      String value = System.getProperty(property);
      if (value != null) {
        line.add("-D%s=%s".formatted(property, value));
      }
    }
    line.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            StackProcesses.SUPERVISE));
    line.addAll(List.of("--data-dir", directory.root().toString()));
    line.addAll(List.of("--rentals", Long.toString(options.rentals())));
    line.addAll(List.of("--seed", Long.toString(options.seed())));
    line.addAll(List.of("--jupiter", options.jupiter().name()));
    line.addAll(List.of("--churn", Integer.toString(options.churn())));
    line.addAll(List.of("--churn-for", options.churnFor().toString()));
    line.addAll(List.of("--port-base", Integer.toString(options.portBase())));
    addIf(line, options.churnDeletes(), "--churn-deletes");
    addIf(line, options.processes(), "--processes");
    addIf(line, untilEof, SuperviseCommand.UNTIL_EOF);
    addIf(line, debug, "--debug");
    return line;
  }

  private static void addIf(List<String> line, boolean wanted, String option) {
    if (wanted) {
      line.add(option);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  private static Path output(DataDirectory directory) {
    return directory.logs().resolve("supervisor.out");
  }

  /** What it printed last before it ended; empty if nothing. */
  String lastWords() {
    try (Stream<String> lines = Files.lines(output(directory), StandardCharsets.UTF_8)) {
      List<String> all = lines.filter(line -> !line.isBlank()).toList();
      return String.join(" / ", all.subList(Math.max(0, all.size() - LAST_LINES), all.size()));
    } catch (IOException e) {
      return "";
    }
  }
}
