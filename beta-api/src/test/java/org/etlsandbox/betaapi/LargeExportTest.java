package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Two million rows through a heap of 256 MB, which holds a fraction of them. */
class LargeExportTest {

  private static final long ROWS = 2_000_000;
  private static final String HEAP = "-Xmx256m";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private @TempDir Path directory;

  /** Rows, and the sum of the first eight bytes of the MD5 of each line, mod 2^64. */
  private record Content(long rows, BigInteger sum) {}

  @Test
  void everyRowArrivesAndMemoryDoesNotGrow(TestReporter reporter) throws Exception {
    try (TestDatabase database = TestEngines.postgreSql().newDatabase()) {
      reporter.publishEntry(EngineReport.ENGINE_ENTRY, database.engine());
      database.execute(TestDestination.schema());
      database.execute(
          """
          INSERT INTO customer_order_flat
          SELECT n, n * 7919 %% 2000003, n %% 16 + 1, n %% 599 + 1, 'CUSTOMER NAME ' || n %% 599 + 1,
            n %% 1000 + 1, 'A TITLE, QUOTED ' || n %% 1000 + 1, 'Category ' || n %% 16 + 1, n %% 1200 / 100.0,
            timestamp '2005-05-24' + n * interval '37 seconds',
            CASE WHEN n %% 11 > 0 THEN timestamp '2005-05-27' + n * interval '37 seconds' END, n, false
          FROM generate_series(1::bigint, %d) n
          """
              .formatted(ROWS));
      Content stored = stored(database);
      assertThat(stored.rows()).isEqualTo(ROWS);
      int port = freePort();
      Path log = directory.resolve("beta-api.log");
      Process api =
          RunningApi.inItsOwnJvm(
              log,
              List.of(HEAP, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"),
              "--server.port=" + port,
              "--etl.query.url=" + database.url(),
              "--etl.query.username=" + database.username(),
              "--etl.query.password=" + database.password());
      try {
        URI flats = URI.create("http://127.0.0.1:" + port + RunningApi.FLATS);
        awaitReady(api, flats, log);
        assertThat(received(flats)).as(Files.readString(log)).isEqualTo(stored);
        assertThat(api.isAlive()).isTrue();
      } finally {
        api.destroy();
        api.waitFor();
      }
    }
  }

  /** What the destination computes of its own rows, in the form of the file. */
  private static Content stored(TestDatabase database) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT count(*), sum(('x' || left(hash, 8))::bit(32)::bigint::numeric * 4294967296
                    + ('x' || substr(hash, 9, 8))::bit(32)::bigint) % 18446744073709551616
                FROM customer_order_flat_current, md5(concat_ws(',', rental_id, payment_id, category_id,
                  customer_id, customer_name, film_id, '"' || film_title || '"', category, amount,
                  to_char(rental_date, 'YYYY-MM-DD"T"HH24:MI:SS'),
                  coalesce(to_char(return_date, 'YYYY-MM-DD"T"HH24:MI:SS'), ''), row_version)) hash
                """)) {
      row.next();
      return new Content(row.getLong(1), row.getBigDecimal(2).toBigIntegerExact());
    }
  }

  private static Content received(URI flats) throws Exception {
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient()
            .send(
                RunningApi.request(URI.create(flats + "/export?format=csv"))
                    .header("Accept-Encoding", "gzip")
                    .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    long rows = 0;
    long sum = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(response.body(), 1 << 16), StandardCharsets.UTF_8))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        rows++;
        sum += ByteBuffer.wrap(md5.digest(line.getBytes(StandardCharsets.UTF_8))).getLong();
      }
    }
    return new Content(rows, new BigInteger(Long.toUnsignedString(sum)));
  }

  private static void awaitReady(Process api, URI flats, Path log) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && api.isAlive()) {
      try {
        int status =
            HttpClient.newHttpClient()
                .send(
                    RunningApi.request(URI.create(flats + "/max-id")).build(),
                    HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status == 200) {
          return;
        }
      } catch (IOException e) {
        // Nobody listens yet
      }
      Thread.sleep(100);
    }
    throw new AssertionError("It did not start: " + Files.readString(log));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
