package org.etlsandbox.testkit.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What ran on what: {@code target/engine-report/<uuid>.tsv}, one file a JVM, one line a test, which
 * {@code ./etl test} adds up.
 *
 * <p>Columns: engine ({@code -} without one), test class, test name, {@code passed}, {@code failed}
 * or {@code skipped}, reason. An engine that cannot run has the line engine, {@code -}, {@code -},
 * {@code unavailable}, reason.
 */
public final class EngineReport {

  /** Key of the report entry ({@code TestReporter.publishEntry}) that says what a test ran on. */
  public static final String ENGINE_ENTRY = "engine";

  /** Stands for what a line does not have. */
  static final String NONE = "-";

  private static final Path BUILD_DIRECTORY = Path.of("target");
  private static final Path FILE =
      BUILD_DIRECTORY.resolve("engine-report").resolve(UUID.randomUUID() + ".tsv");

  private EngineReport() {}

  static void unavailable(String engine, String reason) {
    append(engine, NONE, NONE, "unavailable", reason);
  }

  /** Writes a line at once, so that a JVM that dies leaves what it has done. */
  static synchronized void append(String... columns) {
    if (!Files.isDirectory(BUILD_DIRECTORY)) {
      return; // started by hand outside a build
    }
    String line =
        Arrays.stream(columns)
            .map(column -> column.replaceAll("\\s+", " ").strip())
            .collect(Collectors.joining("\t", "", "\n"));
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write the engine report " + FILE, e);
    }
  }
}
