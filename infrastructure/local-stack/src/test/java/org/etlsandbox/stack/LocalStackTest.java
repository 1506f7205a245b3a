package org.etlsandbox.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.directory.StackProcesses;
import org.etlsandbox.stack.plan.PortHolder;
import org.etlsandbox.stack.plan.Service;
import org.etlsandbox.stack.plan.Store;
import org.etlsandbox.stack.state.Connections;
import org.etlsandbox.stack.state.Connections.Login;
import org.etlsandbox.stack.state.StateFile;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The whole stack, small: up, in step, a change arrives, killed, up again, down. */
class LocalStackTest {

  private static final String ROWS = "SELECT count(*) FROM customer_order_flat_current";

  @TempDir private Path parent;
  private final Map<String, String> servers = new HashMap<>();
  private String said = "";
  private DataDirectory directory;
  private String portBase;

  @BeforeEach
  void prepare() {
    directory = new DataDirectory(parent.resolve("data"));
    portBase = Integer.toString(freeBase());
  }

  @AfterEach
  void leaveNothing() {
    new Stopper(directory).stop();
  }

  private static int freeBase() {
    while (true) {
      int base = 20_000 + (PortHolder.free() % 20_000);
      boolean free = true;
      for (int i = 1; i <= 6; i++) {
        free &= PortHolder.isFree(base + i) && PortHolder.isFree(base + 1000 + i);
      }
      if (free) {
        return base;
      }
    }
  }

  /**
   * A process, since the environment names servers: those of whoever runs the tests are not ours.
   */
  private int etl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("--enable-native-access=ALL-UNNAMED");
    String cache = System.getProperty("etl.cache");
    if (cache != null) {
      command.add("-Detl.cache=" + cache);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data-dir", directory.root().toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    for (Store store : Store.values()) {
      builder.environment().remove(store.variable());
    }
    builder.environment().putAll(servers);
    Process process = builder.start();
    process.getOutputStream().close();
    said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor();
  }

  @Test
  void comesUpFollowsSurvivesAKillAndLeavesNothing() throws Exception {
    int code = etl("up", "--rentals", "300", "--port-base", portBase, "--timeout", "5m");
    assertThat(code).as(said).isIn(0, 4);
    Set<Store> destinations =
        code == 4
            ? Set.of(Store.NEPTUNE, Store.MARS, Store.VENUS)
            : Set.of(Store.NEPTUNE, Store.MARS, Store.VENUS, Store.CLICKHOUSE);

    long expected = ask(Store.JUPITER, org.etlsandbox.sakila.CustomerOrderFlatJoin.SQL);
    assertThat(expected).isPositive();
    for (Store destination : destinations) {
      assertThat(ask(destination, ROWS)).as(destination.key()).isEqualTo(expected);
    }
    assertThat(etl("endpoints", "--json")).isZero();
    assertThat(said).contains("$(./etl token --data-dir ");
    assertThat(callWorker("")).isEqualTo(401);
    assertThat(etl("token")).isZero();
    assertThat(callWorker("Bearer " + said.strip())).isEqualTo(200);
    assertThat(etl("ping")).as(said).isZero();
    for (Store destination : destinations) {
      assertThat(said.lines().filter(line -> line.contains(destination.title() + " ")))
          .as("%s came and went in: %s", destination, said)
          .hasSize(2);
      assertThat(ask(destination, ROWS)).as(destination.key()).isEqualTo(expected);
    }
    assertThat(ask(Store.JUPITER, org.etlsandbox.sakila.CustomerOrderFlatJoin.SQL))
        .isEqualTo(expected);
    assertThat(etl("up", "--rentals", "301")).as("another stack than the running one").isEqualTo(1);

    StackProcesses processes = new StackProcesses(directory);
    long supervisor = new StateFile(directory).running().orElseThrow().pid();
    ProcessHandle.of(supervisor).orElseThrow().destroyForcibly();
    ProcessHandle.of(supervisor).ifPresent(handle -> handle.onExit().join());
    assertThat(processes.engines()).as("engines that outlived their supervisor").isNotEmpty();
    assertThat(etl("up", "--port-base", portBase, "--timeout", "5m")).as(said).isEqualTo(code);
    for (Store destination : destinations) {
      assertThat(ask(destination, ROWS)).as(destination.key()).isEqualTo(expected);
    }

    assertThat(etl("down")).isZero();
    assertThat(processes.virtualMachines()).isEmpty();
    assertThat(processes.engines()).isEmpty();
    assertThat(etl("status")).isEqualTo(1);
    assumeThat(code).as("ClickHouse is missing here").isZero();
  }

  @Test
  void marsAndVenusAreTwoDatabasesOfOneSqlServer(TestReporter reporter) throws Exception {
    try (TestDatabase mars = TestEngines.sqlServer().newDatabase();
        TestDatabase venus = TestEngines.sqlServer().newDatabase()) {
      reporter.publishEntry(EngineReport.ENGINE_ENTRY, mars.engine());
      name(Store.MARS, mars);
      name(Store.VENUS, mars);
      assertThat(etl("up", "--rentals", "300", "--port-base", portBase)).isEqualTo(2);
      assertThat(said).contains("MARS_URL and VENUS_URL name the same database");

      name(Store.VENUS, venus);
      assertThat(etl("up", "--rentals", "300", "--port-base", portBase, "--timeout", "5m"))
          .as(said)
          .isIn(0, 4);
      assertThat(said)
          .contains(" -d " + mars.name(), " -d " + venus.name(), "(yours)")
          .doesNotContain("stand-in for SQL Server", "PostgreSQL 18.6 (stand-in)")
          .doesNotContain(mars.password());
      long expected = ask(Store.NEPTUNE, ROWS);
      assertThat(expected).isPositive();
      assertThat(ask(Store.MARS, ROWS)).isEqualTo(expected);
      assertThat(ask(Store.VENUS, ROWS)).isEqualTo(expected);
      assertThat(etl("down")).isZero();
    }
  }

  /** The status with which beta-worker answers. */
  private int callWorker(String authorization) throws IOException, InterruptedException {
    int port = Service.BETA_WORKER.port(Integer.parseInt(portBase));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/status"))
              .header("Authorization", authorization)
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private void name(Store store, TestDatabase database) {
    servers.put(store.variable(), database.url());
    servers.put(store.name() + "_USERNAME", database.username());
    servers.put(store.name() + "_PASSWORD", database.password());
  }

  /** The first column of a single row, or the number of rows if the query is the join itself. */
  private long ask(Store store, String sql) throws SQLException {
    Login login = Connections.read(directory).orElseThrow().of(store).orElseThrow();
    try (Connection connection =
            DriverManager.getConnection(login.url(), login.username(), login.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (store == Store.JUPITER) {
        long count = 0;
        while (rows.next()) {
          count++;
        }
        return count;
      }
      rows.next();
      return rows.getLong(1);
    }
  }
}
