package org.etlsandbox.beta;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.etlsandbox.sakila.SakilaSchema;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.sakila.JdbcSakilaWriter;
import org.etlsandbox.testkit.sakila.SakilaRow;
import org.etlsandbox.testkit.sakila.SampleSakila;
import org.etlsandbox.testkit.trace.OtlpReceiver;
import org.etlsandbox.testkit.worker.WorkerJvm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a worker writes to its standard output, in both formats. */
class BetaWorkerLogTest {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** More than a run names, fewer than stop a worker. */
  private static final int UNFIT = 22;

  private static final String IDLE = "nothing has changed";
  private static final String LOGGERS = "/actuator/loggers/org.etlsandbox";

  private TestDatabase jupiter;
  private TestDatabase control;
  private TestDatabase destination;
  private JdbcSakilaWriter sakila;

  @BeforeEach
  void createDatabases() throws SQLException {
    destination = TestEngines.postgreSql().newDatabase();
    jupiter = TestEngines.mariaDb().newDatabase();
    control = TestEngines.postgreSql().newDatabase();
    try (Connection connection = jupiter.connect()) {
      SakilaSchema.create(connection, true);
    }
    sakila =
        new JdbcSakilaWriter(
            new DriverManagerDataSource(jupiter.url(), jupiter.username(), jupiter.password()));
    sakila.put(SampleSakila.shop(3_000, 1, sakila.now().minusSeconds(60)));
    jupiter.execute("UPDATE customer SET first_name = 'ZYXANNA', last_name = 'ZYXSMITH'");
    jupiter.execute("UPDATE film SET title = 'ZYXTITLE'");
  }

  @AfterEach
  void dropDatabases() {
    for (TestDatabase database : List.of(destination, jupiter, control)) {
      database.close();
    }
  }

  @Test
  void inContainersEachLineIsJsonAndSaysWhatItBelongsTo() throws Exception {
    try (OtlpReceiver collector = new OtlpReceiver();
        WorkerJvm worker =
            start(
                Map.of(
                    "LOGGING_STRUCTURED_FORMAT_CONSOLE",
                    "ecs",
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    collector.endpoint().replace("/v1/traces", "")),
                "--management.tracing.sampling.probability=1")) {
      live(worker);
      worker.close();

      List<JsonNode> lines = new ArrayList<>();
      for (String line : worker.lines()) {
        lines.add(JSON.readTree(line));
      }
      assertThat(lines)
          .allSatisfy(line -> {
            assertThat(line.at("/@timestamp").asString()).isNotEmpty();
            assertThat(line.at("/log/level").asString()).isIn("INFO", "WARN", "ERROR", "DEBUG");
            assertThat(line.at("/service/name").asString()).isEqualTo("beta-worker");
            assertThat(line.at("/message").asString()).isNotEmpty();
          });
      assertThat(lines)
          .filteredOn(
              line -> line.at("/process/thread/name").asString().matches("(health-)?beta-worker.*"))
          .hasSizeGreaterThan(UNFIT)
          .allSatisfy(
              line -> assertThat(line.at("/etl/destination").asString()).isEqualTo("neptune"));

      for (String kind : List.of("load", "poll", "sweep")) {
        JsonNode summary = lastOf(lines, "(" + kind + "):");
        assertThat(summary.at("/etl/run").asString())
            .as("%s: the run of the line is that of the ledger", summary)
            .isEqualTo(
                ledger(
                    "SELECT max(id) FROM run WHERE outcome = 'completed' AND kind = '%s'", kind));
        assertThat(summary.at("/etl/kind").asString()).isEqualTo(kind);
        assertThat(summary.at("/etl/read").asString())
            .isEqualTo(
                ledger(
                    "SELECT rows_read FROM run WHERE id = %s", summary.at("/etl/run").asString()));
        assertThat(summary.at("/etl/ms").isNumber()).isTrue();
      }
      JsonNode poll = lastOf(lines, "(poll):");
      assertThat(collector.spans())
          .filteredOn(span -> span.trace().equals(poll.at("/trace/id").asString()))
          .as("the trace that the line names")
          .anySatisfy(
              span -> assertThat(span.at("etl.run")).isEqualTo(poll.at("/etl/run").asString()));

      JsonNode failed = lastOf(lines, "(poll) has failed:");
      assertThat(lastOf(lines, "tries again").at("/etl/run").asString())
          .as("the run that the failure has ended")
          .isEqualTo(failed.at("/etl/run").asString())
          .isEqualTo(ledger("SELECT max(id) FROM run WHERE outcome = 'failed'"));

      // Written by the threads that read and write at the same time
      assertThat(lines)
          .filteredOn(line -> line.at("/process/thread/name").asString().startsWith("beta-worker-"))
          .filteredOn(line -> line.at("/message").asString().startsWith("Refreshed "))
          .isNotEmpty()
          .allSatisfy(line -> {
            assertThat(line.at("/etl/run").asString()).isNotEmpty();
            assertThat(line.at("/trace/id").asString()).isNotEmpty();
          });
      assertNothingPersonal(worker);
    }
  }

  @Test
  void onATerminalALineIsForPeople() throws Exception {
    try (WorkerJvm worker = start(Map.of())) {
      live(worker);
      worker.close();

      String run = ledger("SELECT max(id) FROM run WHERE outcome = 'completed' AND kind = 'poll'");
      assertThat(worker.lines())
          .filteredOn(line -> line.contains("Run " + run + " (poll):"))
          .singleElement()
          .asString()
          .contains("] neptune run " + run + " o", " rows read, ", " updated, ", " tombstoned, ")
          .doesNotContain("trace");
      assertThat(worker.lines())
          .as("no empty brackets, no bare marks")
          .noneMatch(line -> line.contains("[]") || line.contains(" run  "));
      assertNothingPersonal(worker);
    }
  }

  private WorkerJvm start(Map<String, String> environment, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--etl.sweep.interval=1s",
                "--etl.retry.initial=100ms",
                "--logging.level.org.etlsandbox.worker.TracedScopes=DEBUG"));
    arguments.addAll(List.of(more));
    return WorkerJvm.start(
        BetaWorker.class,
        environment,
        jupiter,
        control,
        destination,
        arguments.toArray(String[]::new));
  }

  /** Load, update, insert, quarantine, failure, sweep; then a look at idle cycles. */
  private void live(WorkerJvm worker) throws Exception {
    worker.await("in step", 90, status -> status.get("inStep").asBoolean());

    jupiter.execute("UPDATE payment SET amount = amount + 1 WHERE rental_id = 30");
    worker.awaitLine("an update", 20, line -> line.contains("(poll):"));
    sakila.put(
        new SakilaRow.Rental(5, LocalDateTime.of(2005, 5, 25, 0, 0), 1, 1, null, sakila.now()),
        new SakilaRow.Payment(60_000, 5L, 100, sakila.now()));
    worker.awaitLine("an insert", 20, line -> line.matches(".* [1-9] inserted, .*"));

    // A NUL is nothing that PostgreSQL can hold; and many rentals, or the worker would stop
    jupiter.execute("UPDATE rental SET customer_id = 4 WHERE customer_id = 5");
    jupiter.execute(
        "UPDATE customer SET first_name = CONCAT('ZYX', CHAR(0), 'NUL') WHERE customer_id = 5");
    jupiter.execute(
        "UPDATE rental SET customer_id = IF(rental_id BETWEEN 10 AND %d, 5, customer_id), last_update = NOW()"
            .formatted(UNFIT * 10));
    worker.awaitLine(
        "the rest of a quarantine", 30, line -> line.contains("more rentals are quarantined"));

    destination.execute(
        """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '57P03', DETAIL = NEW.customer_name; END $$
        """);
    destination.execute(
        "CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON customer_order_flat FOR EACH ROW EXECUTE FUNCTION refuse()");
    jupiter.execute("UPDATE payment SET amount = amount + 1 WHERE rental_id = 300");
    worker.awaitLine("a failure", 20, line -> line.contains("tries again"));
    destination.execute("DROP TRIGGER refuse ON customer_order_flat");
    worker.await("in step again", 30, status -> status.get("inStep").asBoolean());

    jupiter.execute("DELETE FROM payment WHERE rental_id = 400");
    worker.awaitLine("a sweep", 30, line -> line.contains("(sweep):"));

    assertThat(worker.lines()).noneMatch(line -> line.contains(IDLE));
    assertThat(worker.management(LOGGERS, "{\"configuredLevel\":\"DEBUG\"}").statusCode())
        .isEqualTo(204);
    worker.awaitLine("an idle cycle", 10, line -> line.contains(IDLE));
    worker.management(LOGGERS, "{\"configuredLevel\":null}");
    Thread.sleep(500); // one cycle may be under way
    long idle = worker.lines().stream().filter(line -> line.contains(IDLE)).count();
    Thread.sleep(2_000);
    assertThat(worker.lines()).filteredOn(line -> line.contains(IDLE)).hasSize((int) idle);
  }

  private static JsonNode lastOf(List<JsonNode> lines, String part) {
    return lines.stream()
        .filter(line -> line.at("/message").asString().contains(part))
        .reduce((first, last) -> last)
        .orElseThrow(() -> new AssertionError("No line with '%s'".formatted(part)));
  }

  private String ledger(String sql, Object... parameters) throws SQLException {
    try (Connection connection = control.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql.formatted(parameters))) {
      row.next();
      return row.getString(1);
    }
  }

  private void assertNothingPersonal(WorkerJvm worker) throws Exception {
    assertThat(worker.lines()).noneMatch(line -> line.contains("ZYX"));
    assertThat(worker.lines())
        .as("rentals that are named, of %d", UNFIT)
        .filteredOn(line -> line.contains(" is quarantined: "))
        .hasSizeLessThanOrEqualTo(20 * 2);
    assertThat(ledger("SELECT string_agg(reason, ' ') FROM quarantine"))
        .contains("customer_name has a NUL")
        .doesNotContain("ZYX");
    assertThat(ledger("SELECT string_agg(error, ' ') FROM run")).doesNotContain("ZYX");
  }
}
