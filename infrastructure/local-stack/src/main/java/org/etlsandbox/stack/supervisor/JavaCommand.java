package org.etlsandbox.stack.supervisor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a JVM like this one. */
final class JavaCommand {

  private JavaCommand() {}

  static List<String> line(List<String> options, String mainClass) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.add("--enable-native-access=ALL-UNNAMED");
    line.add("--sun-misc-unsafe-memory-access=allow");
    line.add("-cp");
    line.add(System.getProperty("java.class.path"));
    line.add(mainClass);
    return line;
  }
}
