package org.etlsandbox.jvm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a service is started in a JVM of its own: the one place for its options. */
public final class ServiceJvm {

  private static final List<String> OPTIONS =
      List.of(
          // The heap begins small: otherwise 70 MB of it are touched at the start and then held
          "-Xms128m",
          "-Xmx256m",
          // Several of them run on as many cores as there are: the collector that costs least
          "-XX:+UseSerialGC",
          // Ten times the defaults: what starts a service is over before the optimizing compiler
          // would have paid, which takes 2 s of CPU; what copies millions of rows still gets it
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000",
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
