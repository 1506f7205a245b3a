package org.etlsandbox.soak;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.etlsandbox.jvm.ServiceJvm;
import tools.jackson.databind.json.JsonMapper;

/** Starts a worker in a JVM of its own with 256 MB of heap. */
public final class WorkerJvm {

  private static final JsonMapper JSON = new JsonMapper();

  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    // A run that is broken off leaves no worker behind
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private WorkerJvm() {}

  /**
   * Returns at once; the worker is still starting then.
   *
   * @param mainClass of the class path of this JVM
   * @param options of the JVM, besides those that all of them get
   * @param properties of Spring, passwords included
   * @param log what the worker prints is added to it
   */
  public static Process start(
      String mainClass, List<String> options, Map<String, ?> properties, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(ServiceJvm.command(options, mainClass))
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Map<String, Object> all = new HashMap<>(properties);
    // why: the engines have no TLS, and listen on this machine only
    all.putIfAbsent("etl.tls.databases", "off");
    // why: only the owner of a process can read its environment, anybody its command line
    builder.environment().put("SPRING_APPLICATION_JSON", JSON.writeValueAsString(all));
    Process process = builder.start();
    RUNNING.add(process);
    process.onExit().thenAccept(RUNNING::remove);
    return process;
  }

  /** Whether this JVM is being ended, by Ctrl-C say: then what fails is no failure of a worker. */
  public static boolean isEnding() {
    Thread probe = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }
}
