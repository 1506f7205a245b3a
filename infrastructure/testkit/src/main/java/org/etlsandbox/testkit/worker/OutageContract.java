package org.etlsandbox.testkit.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.sakila.SakilaSchema;
import org.etlsandbox.sakila.SakilaSeed;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.network.Link;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/**
 * A worker whose way to Jupiter, to its destination and to the control database breaks in every
 * way, and that has to say so and to recover by itself.
 */
public abstract class OutageContract {

  private static final int RENTALS = 2_000;
  private static final String WORKER = "outage-test-worker";

  /** Shortens {@code etl.statement-timeout}: a socket is silent for a second longer at most. */
  private static final int STATEMENT_SECONDS = 2;

  private static final String SMALL_DISK = "size=64m,mode=0700";

  private static final Pattern THREAD_NAME = Pattern.compile("\"name\": \"([^\"]*)\"");

  private final Map<String, TestDatabase> databases = new TreeMap<>();
  private final Map<String, Link> links = new TreeMap<>();
  private int changes;
  private TestReporter reporter;

  @TempDir Path directory;

  /** The worker under test. */
  protected abstract SpringApplicationBuilder application();

  /** The engine that the worker writes into. */
  protected abstract EngineUnderTest destinationEngine();

  /** Which of jupiter, control and destination break: the destination is every worker's own. */
  protected List<String> breaking() {
    return List.of("jupiter", "control", "destination");
  }

  /** A server of the same product as the destination, which this test may stop. */
  protected abstract Engine startServer(EngineOptions options);

  /**
   * The statements after which the server keeps a database on that disk; none where a server of its
   * own is to be there, with all its files.
   */
  protected List<String> moveTo(Path disk, String database) {
    return List.of();
  }

  /** The destination's statement for that. */
  protected String renameTable(String from, String to) {
    return "ALTER TABLE %s RENAME TO %s".formatted(from, to);
  }

  @BeforeEach
  void createDatabases(TestReporter testReporter) throws SQLException {
    reporter = testReporter;
    databases.put("destination", destinationEngine().newDatabase());
    reporter.publishEntry("engine", database("destination").engine());
    databases.put("jupiter", TestEngines.mariaDb().newDatabase());
    databases.put("control", TestEngines.postgreSql().newDatabase());
    databases.forEach((name, database) -> links.put(name, new Link(database.url())));
    TestDatabase jupiter = database("jupiter");
    try (Connection connection = jupiter.connect()) {
      SakilaSchema.create(connection, true);
    }
    SakilaSeed.builder()
        .rentals(RENTALS)
        .build()
        .load(new DriverManagerDataSource(jupiter.url(), jupiter.username(), jupiter.password()));
  }

  @AfterEach
  void dropDatabases() {
    links.values().forEach(Link::close);
    databases.values().forEach(TestDatabase::close);
  }

  @Test
  void whateverBreaksIsToldAndTheWorkerRecoversByItself() throws Exception {
    try (RunningWorker worker = start()) {
      worker.awaitInStep(60);
      for (String store : breaking()) {
        Link link = link(store);
        link.refuse();
        isToldAndRecoveredFrom(worker, store, "refused", 10);
        link.stall();
        isToldAndRecoveredFrom(worker, store, "stalled", 3 * (STATEMENT_SECONDS + 1) + 12);
        for (int bytes : List.of(1, 2_000)) {
          int cuts = link.cuts();
          link.cutAfter(bytes);
          changeEverything();
          awaitEqualToJupiter(worker, store + " cut after " + bytes + " bytes");
          assertThat(link.cuts()).as("cuts of the link to %s", store).isEqualTo(cuts + 1);
          worker.await("closed", 20, OutageContract::isClosed);
        }
        link.slow();
        changeEverything();
        awaitEqualToJupiter(worker, store + " slow");
        link.heal();
        worker.await("closed", 20, OutageContract::isClosed);
      }
      assertThat(worker.status().get("quarantined").asLong()).isZero();
    }
    awaitNoThreadOfTheWorker();
  }

  /** Nothing can be said to a database that does not answer; the worker must not wait for it. */
  @Test
  void aWorkerStopsInTheMiddleOfAStall() throws Exception {
    try (RunningWorker worker = start()) {
      worker.awaitInStep(60);
      links.values().forEach(Link::stall);
      changeEverything();
      Thread.sleep(1_000);
      long began = System.nanoTime();
      worker.close();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }
    links.values().forEach(Link::heal);
    awaitNoThreadOfTheWorker();
    try (RunningWorker worker = start()) {
      worker.awaitInStep(60);
      awaitEqualToJupiter(worker, "started again");
    }
  }

  @Test
  void theServerIsRestartedInTheMiddleOfAWrite() throws Exception {
    EngineOptions options = EngineOptions.in(directory.resolve("server")).durable(false).build();
    Engine server = startServer(options);
    EngineOptions again =
        options.toBuilder().port(server.port()).password(server.password()).build();
    String url = server.jdbcUrl("restarted");
    try {
      server.createDatabase("restarted");
      try (RunningWorker worker = start(url, server.username(), server.password())) {
        worker.awaitInStep(60);
        changeEverything();
        RunningWorker.pause();
        server.close();
        worker.await(
            "failing",
            20,
            s ->
                s.get("state").asString().equals("failing")
                    && s.get("error").asString().contains("the-destination at "));
        server = startServer(again);
        worker.await("closed", 30, OutageContract::isClosed);
        Engine running = server;
        awaitEqualToJupiter(
            worker,
            "restarted",
            () -> DriverManager.getConnection(url, running.username(), running.password()));
        assertThat(worker.status().get("quarantined").asLong()).isZero();
      }
    } finally {
      server.close();
    }
  }

  /** No repetition mends this, so nothing is tried until somebody has put it right. */
  @Test
  void whatIsTakenAwayStopsTheWorkerWithTheReason() throws Exception {
    isTakenAway(
        "jupiter",
        "ALTER TABLE film CHANGE title heading VARCHAR(128) NOT NULL",
        "ALTER TABLE film CHANGE heading title VARCHAR(128) NOT NULL",
        "title");
    isTakenAway(
        "control",
        "ALTER TABLE checkpoint RENAME TO taken_away",
        "ALTER TABLE taken_away RENAME TO checkpoint",
        "checkpoint");
    isTakenAway(
        "destination",
        renameTable("customer_order_flat", "taken_away"),
        renameTable("taken_away", "customer_order_flat"),
        "customer_order_flat");
  }

  private void isTakenAway(String store, String take, String putBack, String what)
      throws Exception {
    try (RunningWorker worker = start()) {
      worker.awaitInStep(60);
      database(store).execute(take);
      changeEverything();
      JsonNode status =
          worker.await("stopped", 30, s -> s.get("state").asString().equals("stopped"));
      reporter.publishEntry(store + " without " + what, status.get("error").asString());
      assertThat(status.get("error").asString())
          .contains(store.equals("destination") ? "the-destination at " : store + " at ", what)
          .doesNotContain("\n", "\tat ", "Exception");
      assertThat(status.get("nextAttemptSeconds").isNull()).isTrue();
      assertThat(status.get("quarantined").asLong()).isZero();
      database(store).execute(putBack);
    }
    try (RunningWorker worker = start()) {
      worker.awaitInStep(60);
      awaitEqualToJupiter(worker, store + " has " + what + " again");
    }
  }

  @Test
  void aFullDiskIsAnOutageAndNoMatterOfData() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    List<String> move = moveTo(disk, database("destination").name());
    if (!move.isEmpty() && !destinationEngine().label().contains("embedded")) {
      throw new TestAbortedException(
          "%s cannot be given a small disk here".formatted(destinationEngine().label()));
    }
    if (run("mount", "-t", "tmpfs", "-o", SMALL_DISK, "tmpfs", disk.toString()) != 0) {
      throw new TestAbortedException("A small disk needs root: mount -t tmpfs was refused");
    }
    try {
      if (move.isEmpty()) {
        withAServerOn(disk);
      } else {
        move.forEach(database("control")::execute);
        try (RunningWorker worker = start()) {
          recoversFromAFullDisk(worker, disk, database("destination")::connect);
        }
      }
    } finally {
      database("destination").close();
      databases.remove("destination");
      run("umount", "-l", disk.toString());
    }
  }

  private void withAServerOn(Path disk) throws Exception {
    Engine server =
        startServer(
            EngineOptions.in(disk.resolve("server"))
                .logFile(directory.resolve("server.log"))
                .durable(false)
                .build());
    try {
      server.createDatabase("small");
      String url = server.jdbcUrl("small");
      try (RunningWorker worker = start(url, server.username(), server.password())) {
        recoversFromAFullDisk(
            worker,
            disk,
            () -> DriverManager.getConnection(url, server.username(), server.password()));
      }
    } finally {
      server.close();
    }
  }

  private void recoversFromAFullDisk(RunningWorker worker, Path disk, Way way) throws Exception {
    worker.awaitInStep(60);
    Path ballast = disk.resolve("ballast");
    fill(ballast);
    changeEverything();
    JsonNode status =
        worker.await(
            "a full disk is told twice",
            30,
            s ->
                s.get("state").asString().equals("failing")
                    && s.get("failuresInARow").asInt() >= 2);
    reporter.publishEntry("full disk", status.get("error").asString());
    assertThat(status.get("error").asString()).contains("the-destination at ");
    assertThat(worker.status().get("quarantined").asLong()).isZero();
    Files.delete(ballast);
    worker.await("closed", 30, OutageContract::isClosed);
    awaitEqualToJupiter(worker, "room again", way);
    assertThat(worker.status().get("quarantined").asLong()).isZero();
  }

  /** To the last byte. */
  private static void fill(Path file) {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] block = new byte[4_096];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      // So it was meant
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private void isToldAndRecoveredFrom(RunningWorker worker, String store, String how, int seconds)
      throws Exception {
    changeEverything();
    String name = store.equals("destination") ? "the-destination" : store;
    String password = database(store).password();
    long began = System.nanoTime();
    JsonNode status =
        worker.await(
            store + " " + how + " is told",
            seconds,
            s ->
                s.get("state").asString().equals("failing")
                    && s.get("error").asString().contains(name + " at "));
    reporter.publishEntry(
        "%s %s, told after %d ms".formatted(store, how, (System.nanoTime() - began) / 1_000_000),
        status.get("error").asString());
    assertThat(status.get("error").asString()).doesNotContain("\n", "\tat ", "Exception", password);
    JsonNode open =
        worker.await(
            "two failures in a row", seconds * 2, s -> s.get("failuresInARow").asInt() >= 2);
    assertThat(open.get("circuit").asString()).isIn("open", "half_open");
    assertThat(worker.management("/actuator/prometheus").body())
        .contains("etl_circuit{service=\"" + WORKER + "\",state=\"closed\"} 0.0");
    link(store).heal();
    worker.await(store + " " + how + ": circuit closed", 20, OutageContract::isClosed);
    assertThat(worker.management("/actuator/health").body()).contains("\"circuit\":\"closed\"");
    awaitEqualToJupiter(worker, store + " " + how);
  }

  private static boolean isClosed(JsonNode status) {
    return status.get("circuit").asString().equals("closed")
        && status.get("failuresInARow").asInt() == 0
        && status.get("nextAttemptSeconds").isNull()
        && status.get("inStep").asBoolean();
  }

  /** A worker whose stores are those of the test, each behind its link. */
  protected final RunningWorker start() {
    TestDatabase destination = database("destination");
    return start(link("destination").url(), destination.username(), destination.password());
  }

  private RunningWorker start(String url, String username, String password) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--spring.application.name=" + WORKER,
                "--server.port=0",
                "--management.server.port=0",
                "--etl.destination.name=the-destination",
                "--etl.poll.interval=100ms",
                "--etl.lease.duration=3s",
                "--etl.retry.initial=50ms",
                "--etl.retry.max=400ms",
                "--etl.statement-timeout=" + STATEMENT_SECONDS + "s"));
    arguments.addAll(RunningWorker.database("destination", url, username, password));
    for (String name : List.of("jupiter", "control")) {
      TestDatabase database = database(name);
      arguments.addAll(
          RunningWorker.database(name, link(name).url(), database.username(), database.password()));
    }
    return RunningWorker.start(application(), arguments);
  }

  /** One of jupiter, control and destination. */
  protected final TestDatabase database(String name) {
    return Objects.requireNonNull(databases.get(name), name);
  }

  private Link link(String name) {
    return Objects.requireNonNull(links.get(name), name);
  }

  /** In Jupiter, so that all rentals change. Not through the link. */
  protected final void changeEverything() {
    database("jupiter").execute("UPDATE customer SET last_name = 'CHANGE %d'".formatted(++changes));
  }

  /** All rows, one by one. */
  protected final void awaitEqualToJupiter(RunningWorker worker, String after) throws SQLException {
    awaitEqualToJupiter(worker, after, database("destination")::connect);
  }

  /** How the test itself gets to the destination. */
  private interface Way {
    Connection connect() throws SQLException;
  }

  private void awaitEqualToJupiter(RunningWorker worker, String after, Way way)
      throws SQLException {
    long deadline = System.nanoTime() + 30_000_000_000L;
    List<String> jupiter;
    List<String> destination;
    do {
      RunningWorker.pause();
      try (Connection connection = database("jupiter").connect()) {
        jupiter = JoinedRows.inJupiter(connection);
      }
      try (Connection connection = way.connect()) {
        destination = JoinedRows.inDestination(connection);
      }
    } while (!destination.equals(jupiter) && System.nanoTime() < deadline);
    assertThat(destination).as("%s: %s", after, worker.status()).isEqualTo(jupiter);
    assertThat(jupiter).hasSizeGreaterThan(RENTALS);
  }

  private void awaitNoThreadOfTheWorker() throws Exception {
    long deadline = System.nanoTime() + 10_000_000_000L;
    List<String> left = threadsOfTheWorker();
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      RunningWorker.pause();
      left = threadsOfTheWorker();
    }
    assertThat(left).as("threads that outlive the worker").isEmpty();
  }

  /** Virtual ones included, which only such a dump shows. */
  private List<String> threadsOfTheWorker() throws IOException {
    Path dump = directory.resolve("threads-" + System.nanoTime() + ".json");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(dump.toString(), ThreadDumpFormat.JSON);
    Set<String> ours = Set.of("etl-the-destination", "etl-jupiter", "etl-control");
    return THREAD_NAME
        .matcher(Files.readString(dump))
        .results()
        .map(found -> found.group(1))
        .filter(name -> name.contains(WORKER) || ours.stream().anyMatch(name::startsWith))
        .toList();
  }
}
