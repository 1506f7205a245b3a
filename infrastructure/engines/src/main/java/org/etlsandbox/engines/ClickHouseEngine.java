package org.etlsandbox.engines;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.etlsandbox.engines.chdb.ChdbServer;

/**
 * The real ClickHouse engine (chDB) of one node, in a JVM of its own behind the part of
 * ClickHouse's HTTP interface that clickhouse-jdbc and client-v2 use.
 *
 * <p>Not there: users and grants (one password opens everything), sessions, roles, native TCP, TLS,
 * Replicated and Distributed tables, {@code system.query_log}; a request's {@code query_id} is kept
 * as its {@code log_comment}. Of the options, {@code durable} changes nothing: like a ClickHouse
 * server, it does not fsync inserts. Where that matters use a ClickHouse server.
 *
 * <p>The child JVM gets the class path of the options; an executable Spring Boot jar cannot be one.
 */
public final class ClickHouseEngine extends RunningEngine {
  private static final String PRODUCT = "ClickHouse (chDB)";
  private static final String USERNAME = "default";
  private static final String DEFAULT_DATABASE = "etl";
  private static final String LIBRARY = Distribution.version("chdb");

  private ClickHouseEngine(Started started, boolean ephemeral) {
    super(started, PRODUCT, USERNAME, ephemeral);
  }

  /**
   * Starts the engine with database {@code etl}, time zone UTC; resumes the data directory if it
   * was used before.
   *
   * @throws EngineUnavailableException if it cannot run on this machine, or the library was not
   *     fetched
   * @throws EngineStartException if it could, but did not
   */
  public static ClickHouseEngine start(EngineOptions options) {
    ServerProcess.requireLinux(PRODUCT);
    Path library = library(options.cacheDirectory());
    requirePlainClassPath(options.classPath());
    String release = LIBRARY.split("\\.")[0] + "." + LIBRARY.split("\\.")[1];
    EngineHome home = EngineHome.open(options, PRODUCT, release, "java");
    Started started =
        starting(
            home,
            PRODUCT,
            () -> {
              int port = ServerProcess.port(PRODUCT, options.port());
              home.makeOnce(() -> Directories.createPrivate(home.data()));
              return serve(home, options, port, library);
            });
    return new ClickHouseEngine(started, options.ephemeral());
  }

  private static Path library(Path cacheDirectory) {
    Path library = cacheDirectory.resolve("chdb").resolve(LIBRARY).resolve("libchdb.so");
    if (!Files.isRegularFile(library)) {
      throw new EngineUnavailableException(
          "The ClickHouse engine (libchdb.so %s) is not in %s: run './etl fetch clickhouse' (needs npm), or give a ClickHouse server in CLICKHOUSE_URL."
              .formatted(LIBRARY, library.getParent()));
    }
    return library;
  }

  private static void requirePlainClassPath(String classPath) {
    if (!classPath.endsWith(".jar") || classPath.indexOf(':') >= 0) {
      return;
    }
    try (JarFile jar = new JarFile(classPath)) {
      if (jar.getManifest() != null
          && jar.getManifest().getMainAttributes().getValue("Spring-Boot-Classes") != null) {
        throw new EngineUnavailableException(
            "The ClickHouse engine needs a JVM of its own with a plain class path, and this one runs from the executable jar %s: set EngineOptions.classPath to a directory of jars ('lib/*')."
                .formatted(classPath));
      }
    } catch (IOException e) {
      throw new EngineStartException("The class path %s cannot be read".formatted(classPath), e);
    }
  }

  private static Started serve(EngineHome home, EngineOptions options, int port, Path library)
      throws IOException, SQLException {
    String password = passwordOf(options);
    ServerProcess server =
        ServerProcess.start(
            PRODUCT, command(home, options, port, library), Map.of("TZ", "UTC"), options.log());
    try {
      OutputStream stdin = server.process().getOutputStream();
      stdin.write((password + "\n").getBytes(StandardCharsets.UTF_8));
      stdin.flush();
      server.awaitAnswer(options.startTimeout(), () -> answers(port));
      return new Started(home, server, port, password, ask(port, password, "SELECT version()"));
    } catch (IOException | SQLException | RuntimeException e) {
      server.stop("TERM", Duration.ofSeconds(10));
      throw e;
    }
  }

  private static List<String> command(
      EngineHome home, EngineOptions options, int port, Path library) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // why 384 MB: a statement of 64 MB is held twice; the engine's own memory is apart
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                // why: answers are small and written in parts, which costs 40 ms each with Nagle
                "-Dsun.net.httpserver.nodelay=true",
                "-Duser.timezone=UTC",
                "-cp",
                options.classPath(),
                ChdbServer.class.getName(),
                Integer.toString(port),
                library.toString(),
                home.data().toString()));
    options.settings().forEach((name, value) -> command.add(name + "=" + value));
    return command;
  }

  private static boolean answers(int port) {
    try {
      HttpURLConnection ping = open(port, "/ping");
      return ping.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static HttpURLConnection open(int port, String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:%d%s".formatted(port, path)).toURL().openConnection();
    connection.setConnectTimeout(5_000);
    return connection;
  }

  private static String ask(int port, String password, String sql) throws IOException {
    HttpURLConnection request = open(port, "/");
    request.setRequestProperty("X-ClickHouse-User", USERNAME);
    request.setRequestProperty("X-ClickHouse-Key", password);
    request.setDoOutput(true);
    request.getOutputStream().write(sql.getBytes(StandardCharsets.UTF_8));
    int status = request.getResponseCode();
    try (var body = status == 200 ? request.getInputStream() : request.getErrorStream()) {
      String answer = new String(body.readAllBytes(), StandardCharsets.UTF_8).strip();
      if (status != 200) {
        throw new IOException("'%s' was refused: %s".formatted(sql, answer));
      }
      return answer;
    }
  }

  @Override
  public String jdbcUrl() {
    return jdbcUrl(DEFAULT_DATABASE);
  }

  @Override
  public String jdbcUrl(String database) {
    return "jdbc:clickhouse://127.0.0.1:%d/%s".formatted(port(), identifier(database));
  }

  @Override
  public void createDatabase(String database) {
    String sql =
        "CREATE DATABASE IF NOT EXISTS `%s` ENGINE = Atomic".formatted(identifier(database));
    try {
      ask(port(), password(), sql);
    } catch (IOException e) {
      throw new IllegalStateException(
          "Could not create database '%s' on port %d: %s"
              .formatted(database, port(), e.getMessage()),
          e);
    }
  }

  /** The end of its standard input is what it stops for. */
  @Override
  void stop(ServerProcess server) {
    try {
      server.process().getOutputStream().close();
    } catch (IOException e) {
      server.process().destroy();
    }
    server.awaitEnd(Duration.ofSeconds(20));
  }
}
