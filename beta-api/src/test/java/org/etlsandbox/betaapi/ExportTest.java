package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.etlsandbox.testkit.access.TestTokens;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;

/** How a file goes over the wire, and what becomes of one that cannot be finished. */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportTest {

  /** Far more than all buffers between the database and the client hold. */
  private static final int ROWS = 100_000;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final TestDatabase database = TestEngines.postgreSql().newDatabase();
  private final List<AuditEvent> audited = new CopyOnWriteArrayList<>();
  private RunningApi api;

  @BeforeAll
  void createRows() {
    database.execute(TestDestination.schema());
    database.execute(
        """
        INSERT INTO customer_order_flat
        SELECT n, n, 1, n %% 600, 'Name of customer ' || n %% 600, 1, 'Title', 'Action', 2.99,
          '2005-05-24', NULL, 1, false
        FROM generate_series(1, %d) n
        """
            .formatted(ROWS));
  }

  @AfterAll
  void drop() {
    database.close();
  }

  @BeforeEach
  void restoreView() {
    database.execute("DROP VIEW IF EXISTS customer_order_flat_current");
    database.execute(
        "CREATE VIEW customer_order_flat_current AS SELECT * FROM customer_order_flat WHERE NOT is_deleted");
    audited.clear();
  }

  private void start(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--etl.query.url=" + database.url(),
                "--etl.query.username=" + database.username(),
                "--etl.query.password=" + database.password()));
    arguments.addAll(List.of(more));
    api = new RunningApi(arguments.toArray(String[]::new));
    api.context.addApplicationListener(
        (ApplicationListener<AuditApplicationEvent>) event -> audited.add(event.getAuditEvent()));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource({"csv, identity", "csv, gzip", "ndjson, identity", "ndjson, gzip"})
  void aFailureInTheMiddleBreaksTheConnection(String format, String encoding, CapturedOutput log) {
    start();
    failsAtRental(ROWS / 2);
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    assertThatThrownBy(
            () -> {
              HttpResponse<InputStream> response = export(format, encoding);
              assertThat(response.statusCode()).isEqualTo(200);
              assertThat(response.headers().firstValue("Content-Encoding").orElse("identity"))
                  .isEqualTo(encoding);
              response.body().transferTo(received);
            })
        .isInstanceOf(IOException.class);
    assertThat(received.size()).isPositive();
    assertThat(received.toString(StandardCharsets.UTF_8)).doesNotContain("status", "title\":\"");
    await().untilAsserted(() -> assertThat(audited).hasSize(2));
    assertThat(audited.getLast().getType()).isEqualTo("EXPORT_END");
    assertThat(audited.getLast().getData()).containsEntry("complete", false);
    assertThat(log.getAll()).contains("An export failed after ", "division by zero");
    // The connection of the pool is as good as before
    api.get("/max-id").expectStatus().isEqualTo(200);
  }

  @Test
  void aDatabaseThatHangsUpInTheMiddleBreaksTheConnectionToo() throws Exception {
    start();
    HttpResponse<InputStream> response = export("csv", "identity");
    assertThat(response.body().read()).isEqualTo('r');
    database.execute(
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        """);
    assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
    api.get("/max-id").expectStatus().isOk();
  }

  @Test
  void aFailureBeforeTheFirstRowIsAnsweredAsAProblem() {
    start();
    database.execute("DROP VIEW customer_order_flat_current");
    api.export(false, "?format=csv", "text/csv")
        .expectStatus()
        .isEqualTo(503)
        .expectHeader()
        .valueEquals("Content-Type", "application/problem+json")
        .expectHeader()
        .doesNotExist("Content-Disposition")
        .expectBody()
        .jsonPath("$.sqlState")
        .isEqualTo("42P01");
  }

  @Test
  void compressedItIsTheSameFile() throws Exception {
    start();
    byte[] plain = export("csv", "identity").body().readAllBytes();
    HttpResponse<InputStream> compressed = export("csv", "gzip");
    assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
    byte[] sent = compressed.body().readAllBytes();
    assertThat(sent.length).isLessThan(plain.length / 4);
    try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(sent))) {
      assertThat(unpacked.readAllBytes()).isEqualTo(plain);
    }
    assertThat(new String(plain, StandardCharsets.UTF_8).lines().count()).isEqualTo(ROWS + 1L);
  }

  @Test
  void noMoreExportsThanMayRunAndOthersAreServedMeanwhile() throws Exception {
    start("--etl.query.max-connections=2");
    try (InputStream first = export("ndjson", "identity").body()) {
      assertThat(first.read()).isEqualTo('{');
      api.export(false, "", "*/*")
          .expectStatus()
          .isEqualTo(503)
          .expectHeader()
          .valueEquals("Retry-After", "10")
          .expectBody()
          .jsonPath("$.detail")
          .isEqualTo(
              "1 exports run already, and no more may (etl.query.max-exports). Try again when one has ended.");
      api.export(true, "", "*/*").expectStatus().isOk();
      api.get("/max-id").expectStatus().isOk();
    }
    // The client has left in the middle: its place is free again
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> api.export(false, "?customerId=1", "*/*").expectStatus().isEqualTo(200));
    assertThat(audited.getFirst().getType()).isEqualTo("EXPORT");
    assertThat(audited.getFirst().getPrincipal()).isEqualTo(TestTokens.SUBJECT);
    assertThat(audited.getFirst().getData())
        .containsEntry("destination", "mars")
        .containsEntry("format", "ndjson")
        .containsEntry("parameters", Map.of("format", "ndjson"));
  }

  @Test
  void anExportThatTakesTooLongIsBrokenOff() throws Exception {
    start("--etl.query.export-timeout=1s");
    HttpResponse<InputStream> response = export("csv", "identity");
    assertThat(response.body().read()).isEqualTo('r');
    Thread.sleep(1_500);
    assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
  }

  private void failsAtRental(int rental) {
    database.execute(
        """
        CREATE OR REPLACE VIEW customer_order_flat_current AS
        SELECT rental_id, payment_id, category_id, customer_id, customer_name, film_id, film_title,
          category, (amount / (rental_id - %d))::numeric(10, 2) AS amount, rental_date, return_date,
          row_version, is_deleted
        FROM customer_order_flat
        """
            .formatted(rental));
  }

  private HttpResponse<InputStream> export(String format, String encoding)
      throws IOException, InterruptedException {
    URI uri = URI.create(api.address() + RunningApi.FLATS + "/export?format=" + format);
    return CLIENT.send(
        RunningApi.request(uri).header("Accept-Encoding", encoding).build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }
}
