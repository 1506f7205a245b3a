package org.etlsandbox.engines.chdb;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Serves chDB on 127.0.0.1.
 *
 * <p>Arguments: port, library, data directory, then {@code name=value} settings. The first line of
 * standard input is the password; the end of standard input (its owner closed it, or died) and TERM
 * stop it.
 */
public final class ChdbServer {
  private final HttpServer http;
  private final ExecutorService threads;
  private final ChdbEngine engine;

  private ChdbServer(HttpServer http, ExecutorService threads, ChdbEngine engine) {
    this.http = http;
    this.threads = threads;
    this.engine = engine;
  }

  public static void main(String[] arguments) throws Exception {
    BufferedReader stdin =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String password = stdin.readLine();
    if (arguments.length < 3 || password == null) {
      System.err.println("Usage: ChdbServer PORT LIBRARY DATA [name=value ...] < password");
      System.exit(2);
      return;
    }
    ChdbServer server =
        start(
            Integer.parseInt(arguments[0]),
            Path.of(arguments[1]),
            Path.of(arguments[2]),
            List.of(arguments).subList(3, arguments.length),
            password);
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop"));
    while (stdin.readLine() != null) {
      // why: only the end of it matters
    }
    System.exit(0);
  }

  private static ChdbServer start(
      int port, Path library, Path data, List<String> settings, String password)
      throws IOException, ClickHouseError {
    // why first: a taken port must not cost the start of an engine
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
    ChdbEngine engine = ChdbEngine.open(library, data, settings);
    // why not virtual threads: a call into the engine holds its carrier
    ExecutorService threads = Executors.newCachedThreadPool();
    http.setExecutor(threads);
    http.createContext("/", new QueryHandler(engine, password));
    http.createContext(
        "/ping",
        exchange -> {
          byte[] ok = "Ok.\n".getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, ok.length);
          exchange.getResponseBody().write(ok);
          exchange.close();
        });
    http.start();
    return new ChdbServer(http, threads, engine);
  }

  private void stop() {
    http.stop(0);
    threads.shutdown();
    try {
      engine.cancelAll();
      if (threads.awaitTermination(10, TimeUnit.SECONDS)) {
        engine.close();
      }
    } catch (ClickHouseError e) {
      System.err.println("Running statements could not be cancelled: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
