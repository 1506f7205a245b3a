package org.etlsandbox.engines;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where and how an engine runs.
 *
 * @param dataDirectory created, or resumed if an engine of the same product and version was here
 * @param port on 127.0.0.1; 0 = a free one
 * @param password of {@link Engine#username()}; empty = a random one. On resume it replaces the
 *     earlier one
 * @param durable whether commits survive a power failure (fsync); a killed process loses nothing
 *     either way
 * @param cacheDirectory where programs are unpacked once for all engines, and where {@code ./etl}
 *     puts what it fetches
 * @param logFile what the server prints; null = {@code server.log} in the data directory
 * @param startTimeout bounds a start, crash recovery included
 * @param ephemeral whether the data directory is deleted on close, and the engine closed when this
 *     JVM exits
 * @param settings handed to the server as they are, after ours, e.g. {@code
 *     innodb_buffer_pool_size=1G}, {@code performance_schema=OFF}, {@code shared_buffers=256MB}
 * @param classPath of the JVM that serves ClickHouse; plain directories and jars, not an executable
 *     Spring Boot jar. Default: that of this JVM
 */
public record EngineOptions(
    Path dataDirectory,
    int port,
    String password,
    boolean durable,
    Path cacheDirectory,
    @Nullable Path logFile,
    Duration startTimeout,
    boolean ephemeral,
    Map<String, String> settings,
    String classPath) {

  public EngineOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("Port " + port + " is not between 0 and 65535");
    }
    dataDirectory = dataDirectory.toAbsolutePath().normalize();
    cacheDirectory = cacheDirectory.toAbsolutePath().normalize();
    settings = Map.copyOf(settings);
  }

  /** A directory that lives as long as the engine, a free port, a random password, no fsync. */
  public static EngineOptions temporary() {
    Path directory =
        Path.of(System.getProperty("java.io.tmpdir"), "etl-engine-" + UUID.randomUUID());
    return in(directory).durable(false).ephemeral(true).build();
  }

  /** Options of a durable engine on a free port with its data in {@code dataDirectory}. */
  public static Builder in(Path dataDirectory) {
    return new Builder(dataDirectory);
  }

  /** These options, to be changed. */
  public Builder toBuilder() {
    Builder builder =
        new Builder(dataDirectory)
            .port(port)
            .password(password)
            .durable(durable)
            .cacheDirectory(cacheDirectory)
            .logFile(logFile)
            .startTimeout(startTimeout)
            .ephemeral(ephemeral)
            .classPath(classPath);
    settings.forEach(builder::setting);
    return builder;
  }

  /** {@code $ETL_CACHE}, or {@code ~/.cache/etl-sandbox}. */
  public static Path defaultCacheDirectory() {
    String configured = System.getenv("ETL_CACHE");
    return configured == null || configured.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache", "etl-sandbox")
        : Path.of(configured);
  }

  Path log() {
    return logFile == null ? dataDirectory.resolve("server.log") : logFile.toAbsolutePath();
  }

  /** Collects {@link EngineOptions}. */
  public static final class Builder {
    private final Path dataDirectory;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private int port;
    private String password = "";
    private boolean durable = true;
    private Path cacheDirectory = defaultCacheDirectory();
    private @Nullable Path logFile;
    private Duration startTimeout = Duration.ofMinutes(2);
    private boolean ephemeral;
    private String classPath = System.getProperty("java.class.path");

    private Builder(Path dataDirectory) {
      this.dataDirectory = dataDirectory;
    }

    public Builder port(int value) {
      port = value;
      return this;
    }

    public Builder password(String value) {
      password = value;
      return this;
    }

    public Builder durable(boolean value) {
      durable = value;
      return this;
    }

    public Builder cacheDirectory(Path value) {
      cacheDirectory = value;
      return this;
    }

    public Builder logFile(@Nullable Path value) {
      logFile = value;
      return this;
    }

    public Builder startTimeout(Duration value) {
      startTimeout = value;
      return this;
    }

    public Builder ephemeral(boolean value) {
      ephemeral = value;
      return this;
    }

    /** A setting of the server, by the server's own name. */
    public Builder setting(String name, String value) {
      settings.put(name, value);
      return this;
    }

    public Builder classPath(String value) {
      classPath = value;
      return this;
    }

    public EngineOptions build() {
      return new EngineOptions(
          dataDirectory,
          port,
          password,
          durable,
          cacheDirectory,
          logFile,
          startTimeout,
          ephemeral,
          settings,
          classPath);
    }
  }

  @Override
  public String toString() {
    return "EngineOptions[dataDirectory=%s, port=%d, durable=%s, ephemeral=%s]"
        .formatted(dataDirectory, port, durable, ephemeral);
  }
}
