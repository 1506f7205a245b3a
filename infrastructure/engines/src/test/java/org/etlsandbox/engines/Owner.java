package org.etlsandbox.engines;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** Another JVM that owns an engine, to be killed. */
final class Owner implements AutoCloseable {
  private final Process process;
  private final String answer;

  private Owner(Process process, String answer) {
    this.process = process;
    this.answer = answer;
  }

  /** Starts an engine in another JVM and waits until it runs there. */
  static Owner start(Path directory, String engine) throws IOException {
    return begin(EngineOptions.defaultCacheDirectory(), directory, engine).awaitAnswer();
  }

  /** An owner that is on its way. */
  record Beginning(Process process) {
    Owner awaitAnswer() throws IOException {
      BufferedReader output = process.inputReader();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("started ") || line.startsWith("unavailable ")) {
          return new Owner(process, line);
        }
      }
      throw new IOException("The other JVM ended without an engine");
    }
  }

  static Beginning begin(Path cache, Path directory, String engine) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Owner.class.getName(),
                directory.toString(),
                engine)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("ETL_CACHE", cache.toString());
    return new Beginning(builder.start());
  }

  /** {@code started} or {@code unavailable}, and why. */
  String answer() {
    return answer;
  }

  /** As {@code kill -9}: nothing of it can stop its engine. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  public static void main(String[] arguments) throws Exception {
    EngineOptions options =
        EngineOptions.in(Path.of(arguments[0])).password("pa'ss\\word").durable(false).build();
    try (Engine engine =
        switch (arguments[1]) {
          case "PostgreSql" -> PostgreSqlEngine.start(options);
          case "MariaDb" -> MariaDbEngine.start(options);
          case "MySql" -> MySqlEngine.start(options);
          case "ClickHouse" -> ClickHouseEngine.start(options);
          default -> throw new IllegalArgumentException(arguments[1]);
        }) {
      System.out.println("started " + engine);
      System.in.read();
    } catch (EngineUnavailableException e) {
      System.out.println("unavailable " + e.getMessage());
    }
  }
}
