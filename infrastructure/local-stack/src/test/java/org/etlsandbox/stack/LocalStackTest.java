package org.etlsandbox.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.directory.StackProcesses;
import org.etlsandbox.stack.plan.PortHolder;
import org.etlsandbox.stack.plan.Store;
import org.etlsandbox.stack.state.Connections;
import org.etlsandbox.stack.state.Connections.Login;
import org.etlsandbox.stack.state.StateFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole stack, small: up, in step, a change arrives, killed, up again, down. */
class LocalStackTest {

  private static final String ROWS = "SELECT count(*) FROM customer_order_flat_current";

  @TempDir private Path parent;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream realErr = System.err;
  private final PrintStream realOut = System.out;
  private DataDirectory directory;
  private String portBase;

  @BeforeEach
  void prepare() {
    directory = new DataDirectory(parent.resolve("data"));
    portBase = Integer.toString(freeBase());
    PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
    System.setErr(both);
    System.setOut(both);
  }

  @AfterEach
  void leaveNothing() {
    System.setErr(realErr);
    System.setOut(realOut);
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

  private int etl(String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--data-dir";
    all[arguments.length + 1] = directory.root().toString();
    return Main.run(all);
  }

  @Test
  void comesUpFollowsSurvivesAKillAndLeavesNothing() throws Exception {
    int code = etl("up", "--rentals", "300", "--port-base", portBase, "--timeout", "5m");
    assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isIn(0, 4);
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
    assertThat(etl("up", "--rentals", "301")).as("another stack than the running one").isEqualTo(1);

    StackProcesses processes = new StackProcesses(directory);
    long supervisor = new StateFile(directory).running().orElseThrow().pid();
    ProcessHandle.of(supervisor).orElseThrow().destroyForcibly();
    ProcessHandle.of(supervisor).ifPresent(handle -> handle.onExit().join());
    assertThat(processes.engines()).as("engines that outlived their supervisor").isNotEmpty();
    assertThat(etl("up", "--port-base", portBase, "--timeout", "5m"))
        .as(said.toString(StandardCharsets.UTF_8))
        .isEqualTo(code);
    for (Store destination : destinations) {
      assertThat(ask(destination, ROWS)).as(destination.key()).isEqualTo(expected);
    }

    assertThat(etl("down")).isZero();
    assertThat(processes.virtualMachines()).isEmpty();
    assertThat(processes.engines()).isEmpty();
    assertThat(etl("status")).isEqualTo(1);
    assumeThat(code).as("ClickHouse is missing here").isZero();
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
