package org.etlsandbox.stack;

import java.nio.file.Path;
import java.util.Optional;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.state.ShellAccess;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command takes. */
final class CommonOptions {

  private static final String DEFAULT_NAME = ".etl";

  @Option(names = "--data-dir", paramLabel = "DIR")
  private @Nullable Path dataDir;

  @Option(names = "--debug")
  private boolean debug;

  /** The directory that was named, or {@code .etl} in the repository. */
  DataDirectory directory() {
    return new DataDirectory(dataDir == null ? defaultDirectory() : dataDir);
  }

  private static Path defaultDirectory() {
    return Path.of(Optional.ofNullable(System.getProperty("etl.home")).orElse("."), DEFAULT_NAME);
  }

  /** What further commands need to find the same directory, with a space before. */
  String again() {
    return dataDir == null ? "" : " --data-dir " + ShellAccess.quote(dataDir.toString());
  }

  /** Lines for the shell that the command was called from. */
  ShellAccess shell() {
    return new ShellAccess(directory(), Path.of(""));
  }

  boolean debug() {
    return debug;
  }
}
