package org.etlsandbox.jvm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a service is started in a JVM of its own: the one place for its options. */
public final class ServiceJvm {

  private static final List<String> OPTIONS =
      List.of(
          "-Xmx256m",
          // Several of them start at once, on as many cores as there are: with the collector and
          // the compiler that cost least, a worker is ready after two thirds of the time
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private ServiceJvm() {}

  /**
   * The command line; Java and class path are those of this JVM.
   *
   * @param options go after those that all services get, and so win against them
   */
  public static List<String> command(List<String> options, String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    return command;
  }
}
