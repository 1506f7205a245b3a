package org.etlsandbox.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.etlsandbox.benchmark.arena.Arena;
import org.etlsandbox.benchmark.arena.ClickHouseHttp;
import org.etlsandbox.benchmark.arena.CpuTime;
import org.etlsandbox.benchmark.arena.Database;
import org.etlsandbox.benchmark.arena.FlatTable;
import org.etlsandbox.benchmark.arena.Product;
import org.etlsandbox.benchmark.arena.WorkerRun;
import org.etlsandbox.soak.stage.Login;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads both sides once and does nothing with what it reads: rentals and payments in two plain
 * scans, the destination's rows the way that is fastest there, all three at the same time. In a JVM
 * of its own like a worker's, since a JVM that has read before reads faster.
 */
final class PlainReader {

  private static final String RENTALS =
      "SELECT rental_id, rental_date, inventory_id, customer_id, return_date FROM rental";

  private static final String PAYMENTS =
      "SELECT payment_id, rental_id, amount FROM payment WHERE rental_id IS NOT NULL";

  private static final JsonMapper JSON = new JsonMapper();

  private PlainReader() {}

  /**
   * @param seconds from the first statement to the last row; connections are open before
   * @param cpuSeconds of the reader's process meanwhile
   * @param sourceRows rentals and payments
   */
  record Result(double seconds, double cpuSeconds, long sourceRows) {}

  /** Starts one and waits for its end. */
  static Result run(Arena arena, Database destination) throws IOException, InterruptedException {
    Path file = arena.directory().resolve("plain-reader.json");
    Files.deleteIfExists(file);
    Map<String, Object> settings = new TreeMap<>();
    arena.jupiter().login().addTo(settings, "source");
    destination.login().addTo(settings, "destination");
    settings.put("product", destination.product().name());
    settings.put("result", file.toString());
    Path log = arena.directory().resolve("plain-reader.log");
    int code = WorkerRun.startJvm(PlainReader.class.getName(), settings, log).waitFor();
    if (code != 0 || !Files.exists(file)) {
      throw new IOException("The plain reader ended with code %d: see %s".formatted(code, log));
    }
    return JSON.readValue(Files.readString(file), Result.class);
  }

  public static void main(String[] args) throws Exception {
    JsonNode settings = JSON.readTree(System.getenv("SPRING_APPLICATION_JSON"));
    Login source = login(settings, "source");
    Login destination = login(settings, "destination");
    Product product = Product.valueOf(settings.path("product").asString());
    Result result;
    try (Connection rentals = source.connect();
        Connection payments = source.connect();
        Connection flats = destination.connect()) {
      Callable<Long> readRentals = () -> scan(rentals, RENTALS, 5);
      Callable<Long> readPayments = () -> scan(payments, PAYMENTS, 3);
      Callable<Long> readFlats =
          () -> {
            switch (product) {
              case POSTGRESQL -> copyOut(flats);
              case CLICKHOUSE -> download(destination);
              case SQLSERVER, BABELFISH ->
                  select(flats, "SELECT %s FROM %s".formatted(FlatTable.COLUMNS, FlatTable.NAME));
            }
            return 0L;
          };
      result = timed(List.of(readRentals, readPayments, readFlats));
    }
    Files.writeString(Path.of(settings.path("result").asString()), JSON.writeValueAsString(result));
  }

  private static Login login(JsonNode settings, String of) {
    return new Login(
        settings.path(of + ".url").asString(),
        settings.path(of + ".username").asString(),
        settings.path(of + ".password").asString());
  }

  private static Result timed(List<Callable<Long>> readings)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(readings.size())) {
      double own = CpuTime.ownSeconds();
      long began = System.nanoTime();
      List<Future<Long>> running = new ArrayList<>();
      readings.forEach(reading -> running.add(threads.submit(reading)));
      long rows = 0;
      for (Future<Long> one : running) {
        rows += one.get();
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      return new Result(seconds, CpuTime.ownSeconds() - own, rows);
    }
  }

  /** Streams a table; the bytes of its values are what the server sent. */
  private static long scan(Connection connection, String sql, int columns) throws SQLException {
    try (Statement statement =
        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      statement.setFetchSize(Integer.MIN_VALUE);
      try (ResultSet row = statement.executeQuery(sql)) {
        long rows = 0;
        while (row.next()) {
          for (int column = 1; column <= columns; column++) {
            row.getBytes(column);
          }
          rows++;
        }
        return rows;
      }
    }
  }

  private static void copyOut(Connection connection) throws SQLException {
    CopyOut copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("COPY %s TO STDOUT (FORMAT binary)".formatted(FlatTable.NAME));
    while (copy.readFromCopy() != null) {
      // Nothing is done with it
    }
  }

  private static void download(Login login) throws IOException, InterruptedException {
    try (ClickHouseHttp http = new ClickHouseHttp(login);
        InputStream answer =
            http.answer("SELECT * FROM %s FORMAT RowBinary".formatted(FlatTable.NAME))) {
      byte[] buffer = new byte[1 << 16];
      while (answer.read(buffer) >= 0) {
        // Nothing is done with it
      }
    }
  }

  private static void select(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        for (int column = 1; column <= columns; column++) {
          row.getObject(column);
        }
      }
    }
  }
}
