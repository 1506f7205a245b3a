package org.etlsandbox.stack.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the embedded engines need from this machine and from the cache. */
final class EngineChecks implements Check {

  private static final List<Path> LIBRARY_DIRECTORIES =
      Stream.of("/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64")
          .map(Path::of)
          .toList();

  private final Map<String, String> environment;
  private final Path cache;

  EngineChecks(Map<String, String> environment, Path cache) {
    this.environment = environment;
    this.cache = cache;
  }

  @Override
  public List<Finding> run() {
    return List.of(platform(), clickHouse(), libaio());
  }

  private static Finding platform() {
    String system = System.getProperty("os.name");
    String machine = System.getProperty("os.arch");
    return system.equals("Linux") && machine.equals("amd64")
        ? Finding.ok("engines", "embedded engines run on this platform (Linux x86-64)")
        : Finding.fail(
            "engines",
            "embedded engines run on Linux x86-64 only, this is " + system + " " + machine,
            "use the compose file, or give every server by URL");
  }

  private Finding clickHouse() {
    if (isSet("CLICKHOUSE_URL")) {
      return Finding.ok("engine clickhouse", "not embedded: CLICKHOUSE_URL is set");
    }
    ChdbLibrary library = ChdbLibrary.in(cache);
    if (library.isComplete()) {
      return Finding.ok("engine clickhouse", library.path().toString());
    }
    String seen =
        library.bytes() == 0
            ? "not in the cache (" + library.path() + ")"
            : "%s has %,d bytes instead of %,d"
                .formatted(library.path(), library.bytes(), ChdbLibrary.BYTES);
    return Finding.warn("engine clickhouse", seen, "fetch it with ./etl fetch clickhouse");
  }

  private Finding libaio() {
    if (isSet("JUPITER_URL")) {
      return Finding.ok("engine mysql", "not embedded: JUPITER_URL is set");
    }
    return Stream.concat(LIBRARY_DIRECTORIES.stream(), Stream.of(cache.resolve("libaio")))
        .map(directory -> directory.resolve("libaio.so.1"))
        .filter(Files::isRegularFile)
        .findFirst()
        .map(path -> Finding.ok("engine mysql", "libaio: " + path))
        .orElseGet(() ->
            Finding.warn(
                "engine mysql",
                "libaio.so.1 is missing: up --jupiter mysql cannot start",
                "./etl fetch libaio, or sudo apt-get install libaio1"));
  }

  private boolean isSet(String variable) {
    return !environment.getOrDefault(variable, "").isBlank();
  }
}
