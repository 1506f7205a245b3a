package org.etlsandbox.beta;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etlsandbox.sakila.SakilaSchema;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.sakila.JdbcSakilaWriter;
import org.etlsandbox.testkit.sakila.SampleSakila;
import org.etlsandbox.testkit.trace.OtlpReceiver;
import org.etlsandbox.testkit.trace.ReceivedSpan;
import org.etlsandbox.testkit.worker.RunningWorker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What a worker tells a collector, byte by byte as it came over the wire. */
@ExtendWith(OutputCaptureExtension.class)
class BetaWorkerTracesTest {

  private static final String NAME = "ZYXWOMBAT";

  private TestDatabase jupiter;
  private TestDatabase control;
  private TestDatabase destination;
  private final OtlpReceiver collector = new OtlpReceiver();

  @BeforeEach
  void createDatabases() throws SQLException {
    destination = TestEngines.postgreSql().newDatabase();
    jupiter = TestEngines.mariaDb().newDatabase();
    control = TestEngines.postgreSql().newDatabase();
    try (Connection connection = jupiter.connect()) {
      SakilaSchema.create(connection, true);
    }
    JdbcSakilaWriter sakila =
        new JdbcSakilaWriter(
            new DriverManagerDataSource(jupiter.url(), jupiter.username(), jupiter.password()));
    sakila.put(SampleSakila.shop(200, 1, sakila.now().minusSeconds(60)));
  }

  @AfterEach
  void dropDatabases() {
    collector.close();
    for (TestDatabase database : List.of(destination, jupiter, control)) {
      database.close();
    }
  }

  @Test
  void aTraceTellsOfACycle() throws Exception {
    try (RunningWorker worker =
        start("--etl.load.range-size=50", "--etl.sweep.interval=1s", "--etl.sweep.range-size=50")) {
      worker.awaitInStep(60);
      jupiter.execute("UPDATE customer SET last_name = '%s' WHERE customer_id = 3".formatted(NAME));
      List<ReceivedSpan> poll =
          collector.await(
              "a poll that has moved something",
              20,
              root -> root.name().equals("poll") && !root.at("etl.run").isEmpty());
      jupiter.execute("DELETE FROM payment WHERE rental_id = 100");
      List<ReceivedSpan> sweep =
          collector.await(
              "a sweep that has found something",
              20,
              root -> root.name().equals("sweep") && !root.at("etl.run").isEmpty());
      List<ReceivedSpan> load =
          collector.await("a range of the load", 5, root -> root.name().equals("load"));
      List<ReceivedSpan> idle =
          collector.await(
              "a poll that has moved nothing",
              5,
              root -> root.name().equals("poll") && root.at("etl.run").isEmpty());

      List<ReceivedSpan> moved =
          collector.await(
              "a poll that has moved a watermark",
              10,
              root ->
                  root.name().equals("poll")
                      && childrenOf(
                              collector.spans(),
                              only(
                                  collector.spans().stream()
                                      .filter(span -> span.parent().equals(root.id()))
                                      .toList(),
                                  "checkpoint"))
                          .contains("query control"));
      assertThat(root(moved).name()).isEqualTo("poll");

      assertShape(poll, "poll", Set.of("settle", "ask", "refresh", "checkpoint"));
      assertThat(childrenOf(poll, only(poll, "refresh"))).contains("scope");
      assertThat(childrenOf(poll, only(poll, "scope"))).containsExactlyInAnyOrder("read", "write");
      assertThat(childrenOf(poll, only(poll, "read"))).contains("query jupiter");
      assertThat(childrenOf(poll, only(poll, "write"))).contains("query neptune");
      assertFollowEachOther(poll, "settle", "ask", "refresh", "checkpoint");
      assertFollowEachOther(poll, "read", "write");
      Map<String, String> told = only(poll, "poll").attributes();
      assertThat(told).containsEntry("etl.destination", "neptune");
      assertThat(ledger("rows_read", told)).isEqualTo(told.get("etl.rows.read"));
      assertThat(ledger("updated", told)).isEqualTo(told.get("etl.rows.updated")).isNotEqualTo("0");
      assertThat(ledger("inserted", told)).isEqualTo(told.get("etl.rows.inserted")).isEqualTo("0");
      assertThat(ledger("unchanged", told)).isEqualTo(told.get("etl.rows.unchanged"));
      assertThat(ledger("kind", told)).isEqualTo("poll");
      assertThat(only(poll, "scope").attributes())
          .containsEntry("etl.scope", "rentals")
          .containsEntry("etl.run", told.get("etl.run"))
          .containsEntry("etl.rows.updated", told.get("etl.rows.updated"))
          .containsKey("etl.scope.size");

      assertShape(sweep, "sweep", Set.of());
      assertThat(ledger("kind", only(sweep, "sweep").attributes())).isEqualTo("sweep");
      assertThat(only(sweep, "sweep").attributes())
          .containsEntry("etl.differing", "1")
          .containsEntry(
              "etl.rows.tombstoned", ledger("tombstoned", only(sweep, "sweep").attributes()));
      assertThat(childrenOf(sweep, only(sweep, "scope")))
          .containsExactlyInAnyOrder("read", "write");

      assertThat(childrenOf(load, only(load, "load"))).containsExactlyInAnyOrder("read", "write");
      Map<String, String> range = only(load, "load").attributes();
      assertThat(range)
          .containsEntry("etl.scope", "range")
          .containsKeys("etl.scope.from", "etl.scope.to");
      assertThat(ledger("kind", range)).isEqualTo("load");

      assertThat(idle.stream().map(ReceivedSpan::name))
          .contains("settle", "ask")
          .doesNotContain("scope");
    }
    assertThat(collector.traces().stream().filter(trace -> root(trace).name().equals("load")))
        .as("one trace for each range of the load")
        .hasSize(4);
    assertThat(collector.strays()).as("what is neither metrics nor logs").isEmpty();
    assertThat(collector.spans())
        .allSatisfy(span -> assertThat(span.service()).isEqualTo("beta-worker"));
    assertThat(roots())
        .as("no statement is a trace of its own")
        .containsOnly("load", "poll", "sweep", "http get /api/v1/status");
    assertNothingPersonal();
  }

  /** What the database says may repeat what it was given. */
  @Test
  void aFailureTellsItsKindButNoWords() throws Exception {
    try (RunningWorker worker = start()) {
      worker.awaitInStep(60);
      destination.execute(
          """
          CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN RAISE EXCEPTION 'no %', NEW.customer_name USING ERRCODE = '57P03'; END $$
          """);
      destination.execute(
          "CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON customer_order_flat FOR EACH ROW EXECUTE FUNCTION refuse()");
      jupiter.execute("UPDATE customer SET last_name = '%s' WHERE customer_id = 3".formatted(NAME));
      List<ReceivedSpan> poll =
          collector.await(
              "a poll that has failed",
              20,
              root -> root.name().equals("poll") && !root.at("etl.failure").isEmpty());
      assertThat(only(poll, "poll").at("etl.failure")).isEqualTo("unavailable");
      assertThat(only(poll, "write").failed()).isTrue();
      assertThat(poll.stream().filter(ReceivedSpan::failed).map(ReceivedSpan::name))
          .contains("query neptune", "write", "scope", "refresh", "poll");
      assertThat(only(poll, "write").events()).containsExactly("exception");
      assertThat(only(poll, "write").wire()).contains("StoreException");
      assertThat(ledger("outcome", only(poll, "poll").attributes())).isEqualTo("failed");
    }
    assertNothingPersonal();
  }

  @Test
  void whatIsNotSampledIsNotSent() throws Exception {
    try (RunningWorker worker = start("--management.tracing.sampling.probability=0")) {
      worker.awaitInStep(60);
      jupiter.execute("UPDATE customer SET last_name = '%s' WHERE customer_id = 3".formatted(NAME));
      awaitName();
      Thread.sleep(1_000); // five batches
    }
    assertThat(collector.spans()).isEmpty();
  }

  @Test
  void aCollectorThatIsAwayIsToldOnceAndDisturbsNothing(CapturedOutput output) throws Exception {
    collector.close();
    long stopping;
    try (RunningWorker worker = start()) {
      worker.awaitInStep(60);
      jupiter.execute("UPDATE customer SET last_name = '%s' WHERE customer_id = 3".formatted(NAME));
      awaitName();
      Thread.sleep(3_000); // more than ten batches
      assertThat(worker.status().get("failuresInARow").asInt()).isZero();
      stopping = System.nanoTime();
    }
    assertThat((System.nanoTime() - stopping) / 1_000_000).as("ms to stop").isLessThan(5_000);
    assertThat(
            output
                .getAll()
                .lines()
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR ")))
        .singleElement()
        .asString()
        .contains("Traces cannot be sent to " + collector.endpoint(), "ConnectException");
  }

  private RunningWorker start(String... more) {
    return RunningWorker.start(
        BetaWorker.application(),
        jupiter,
        control,
        destination,
        Stream.concat(Stream.of(collector.arguments()), Stream.of(more)).toArray(String[]::new));
  }

  /** The root, the names below it, and that each span has its parent in the trace. */
  private static void assertShape(List<ReceivedSpan> trace, String root, Set<String> steps) {
    assertThat(trace.stream().filter(ReceivedSpan::isRoot).map(ReceivedSpan::name))
        .containsExactly(root);
    assertThat(childrenOf(trace, root(trace))).containsAll(steps);
    Set<String> ids = trace.stream().map(ReceivedSpan::id).collect(Collectors.toSet());
    assertThat(trace)
        .filteredOn(span -> !span.isRoot())
        .allSatisfy(span -> assertThat(ids).contains(span.parent()));
  }

  private static void assertFollowEachOther(List<ReceivedSpan> trace, String... names) {
    for (int i = 1; i < names.length; i++) {
      assertThat(only(trace, names[i]).startNanos())
          .as("%s begins when %s has ended", names[i], names[i - 1])
          .isGreaterThanOrEqualTo(only(trace, names[i - 1]).endNanos());
    }
  }

  private static ReceivedSpan root(List<ReceivedSpan> trace) {
    return trace.stream().filter(ReceivedSpan::isRoot).findFirst().orElseThrow();
  }

  private static ReceivedSpan only(List<ReceivedSpan> trace, String name) {
    List<ReceivedSpan> found = trace.stream().filter(span -> span.name().equals(name)).toList();
    assertThat(found).as("%s in %s", name, trace).hasSize(1);
    return found.getFirst();
  }

  private static List<String> childrenOf(List<ReceivedSpan> trace, ReceivedSpan parent) {
    return trace.stream()
        .filter(span -> span.parent().equals(parent.id()))
        .map(ReceivedSpan::name)
        .toList();
  }

  private Set<String> roots() {
    return collector.spans().stream()
        .filter(ReceivedSpan::isRoot)
        .map(ReceivedSpan::name)
        .collect(Collectors.toSet());
  }

  /** A column of the run that the attributes name. */
  private String ledger(String column, Map<String, String> attributes) throws SQLException {
    try (Connection connection = control.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT %s FROM run WHERE worker = 'beta-worker' AND id = %s"
                    .formatted(column, attributes.get("etl.run")))) {
      assertThat(row.next()).as("run %s in the ledger", attributes.get("etl.run")).isTrue();
      return row.getString(1);
    }
  }

  private void assertNothingPersonal() {
    List<String> secrets = new ArrayList<>(List.of(NAME, "FIRST3", "LAST1", "FILM 2"));
    for (TestDatabase database : List.of(destination, jupiter, control)) {
      if (!database.password().isEmpty()) {
        secrets.add(database.password());
      }
    }
    assertThat(collector.spans()).isNotEmpty();
    for (ReceivedSpan span : collector.spans()) {
      assertThat(span.wire()).doesNotContain(secrets);
    }
  }

  private void awaitName() throws Exception {
    for (int tenths = 0; tenths < 200; tenths++) {
      try (Connection connection = destination.connect();
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT count(*) FROM customer_order_flat WHERE customer_name LIKE '%"
                      + NAME
                      + "%'")) {
        row.next();
        if (row.getInt(1) > 0) {
          return;
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("The new name has not arrived");
  }
}
