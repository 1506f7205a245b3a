package org.etlsandbox.soak.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etlsandbox.alpha.AlphaWorker;
import org.etlsandbox.beta.BetaWorker;
import org.etlsandbox.delta.DeltaWorker;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.worker.RunningWorker;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;
import org.springframework.boot.builder.SpringApplicationBuilder;
import tools.jackson.databind.JsonNode;

/** One destination, and the worker that copies into it. */
final class Copy implements AutoCloseable {

  private static final int SECONDS_TO_LOAD = 60;
  private static final int SECONDS_TO_ARRIVE = 30;
  private static final int LINES = 20;

  private static final Pattern ONE_QUARANTINED =
      Pattern.compile("Rental (-?\\d+) is quarantined: (.*)");
  private static final Pattern MORE_QUARANTINED =
      Pattern.compile("(\\d+) more rentals are quarantined");

  private final String product;
  private final String thread;
  private final Supplier<SpringApplicationBuilder> application;
  private final TestDatabase control;
  private final TestDatabase destination;
  private final List<String> options = new ArrayList<>();
  private @Nullable RunningWorker worker;
  private @Nullable Map<String, List<String>> held;
  private @Nullable Map<String, String> quarantined;

  private Copy(
      String product,
      String worker,
      Supplier<SpringApplicationBuilder> application,
      TestDatabase control,
      TestDatabase destination) {
    this.product = product;
    this.thread = "[" + worker + "]";
    this.application = application;
    this.control = control;
    this.destination = destination;
  }

  /** Leaves out a destination whose engine cannot run here; the report of the run names it. */
  static List<Copy> intoAllThatRunHere() {
    List<Copy> copies = new ArrayList<>();
    add(copies, "PostgreSQL", "beta-worker", BetaWorker::application, TestEngines.postgreSql());
    add(copies, "ClickHouse", "delta-worker", DeltaWorker::application, TestEngines.clickHouse());
    add(copies, "SQL Server", "alpha-worker", AlphaWorker::application, TestEngines.sqlServer());
    return copies;
  }

  private static void add(
      List<Copy> copies,
      String product,
      String worker,
      Supplier<SpringApplicationBuilder> application,
      EngineUnderTest engine) {
    try {
      TestDatabase destination = engine.newDatabase();
      copies.add(
          new Copy(
              product, worker, application, TestEngines.postgreSql().newDatabase(), destination));
    } catch (TestAbortedException e) {
      // Told once a run by the report; its cells in the docs are not compared
    }
  }

  String product() {
    return product;
  }

  String engine() {
    return destination.engine();
  }

  /** In which sessions begin that do not choose one; SQL Server has no such setting. */
  void setZone(String zone) {
    switch (product) {
      case "PostgreSQL" ->
          destination.execute(
              "ALTER DATABASE %s SET timezone = '%s'".formatted(destination.name(), zone));
      case "ClickHouse" ->
          options.add(
              "--etl.destination.url=%s%sclickhouse_setting_session_timezone=%s"
                  .formatted(destination.url(), destination.url().contains("?") ? "&" : "?", zone));
      default -> {}
    }
  }

  void start(TestDatabase jupiter) {
    worker =
        RunningWorker.start(
            application.get(), jupiter, control, destination, options.toArray(String[]::new));
  }

  void awaitInStep() {
    worker().awaitInStep(SECONDS_TO_LOAD);
  }

  /**
   * Until the first sweep is over; the next one comes minutes later. A sweep that met the hostile
   * rentals before the polls did would see no others, and so many of so few stop a worker.
   */
  void awaitSwept() {
    worker().await("swept", SECONDS_TO_LOAD, status -> !status.get("sweptSeconds").isNull());
  }

  /**
   * Until that many rentals have arrived or are in quarantine. If they never do, what is there then
   * is judged.
   */
  void awaitRentals(int rentals) throws SQLException {
    awaitInStep();
    long deadline = System.nanoTime() + SECONDS_TO_ARRIVE * 1_000_000_000L;
    JsonNode status = worker().status();
    while (status.get("rows").asLong() + status.get("quarantined").asLong() < rentals
        && System.nanoTime() < deadline) {
      RunningWorker.pause();
      status = worker().status();
    }
    assertThat(status.get("state").asString()).as("%s: %s", product, status).isEqualTo("following");
    try (Connection connection = destination.connect()) {
      held = HeldRows.in(product, connection);
    }
    quarantined = new TreeMap<>();
    try (Connection connection = control.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT rental_id::text, reason FROM quarantine")) {
      while (row.next()) {
        quarantined.put(row.getString(1), row.getString(2));
      }
    }
  }

  Set<String> rentals() {
    return held().keySet();
  }

  /** What became of a rental. */
  String outcome(String rental, Map<String, List<String>> expected) {
    List<String> here = held().get(rental);
    String reason = quarantined().get(rental);
    if (here == null) {
      // A column with microseconds shows them; the docs have one line for both kinds of columns
      return reason == null ? "LOST" : "quarantined: " + reason.replace(".000000", "");
    }
    if (reason != null) {
      return "IN BOTH: quarantined (%s), and here %s".formatted(reason, here);
    }
    List<String> there = expected.get(rental);
    return here.equals(there) ? "exact" : "ALTERED: %s became %s".formatted(there, here);
  }

  /**
   * In the log and in the metrics, beside the table. The first {@value #LINES} of a run by name,
   * the others as a number.
   */
  void assertTellsOfItsQuarantine(Supplier<String> log) {
    Told told = Told.in(log.get(), thread);
    // The number comes with the end of the run, after the rentals are in quarantine
    long deadline = System.nanoTime() + SECONDS_TO_ARRIVE * 1_000_000_000L;
    while (told.all() < quarantined().size() && System.nanoTime() < deadline) {
      RunningWorker.pause();
      told = Told.in(log.get(), thread);
    }
    assertThat(quarantined())
        .as("named in the log of %s", product)
        .containsAllEntriesOf(told.named());
    assertThat(told.named()).hasSizeGreaterThanOrEqualTo(Math.min(LINES, quarantined().size()));
    assertThat(told.all()).as("told of").isEqualTo(quarantined().size());
    assertThat(worker().management("/actuator/prometheus").body())
        .containsPattern("etl_quarantined\\{[^}]*\\} %d\\.0".formatted(quarantined().size()));
    assertThat(worker().status().get("quarantined").asInt()).isEqualTo(quarantined().size());
  }

  /** What a log says of the quarantine. */
  private record Told(Map<String, String> named, int others) {

    static Told in(String log, String thread) {
      Map<String, String> named = new TreeMap<>();
      int others = 0;
      for (String line : log.lines().filter(line -> line.contains(thread)).toList()) {
        Matcher one = ONE_QUARANTINED.matcher(line);
        Matcher more = MORE_QUARANTINED.matcher(line);
        if (one.find()) {
          named.put(one.group(1), one.group(2));
        } else if (more.find()) {
          others += Integer.parseInt(more.group(1));
        }
      }
      return new Told(named, others);
    }

    int all() {
      return named.size() + others;
    }
  }

  private RunningWorker worker() {
    return Objects.requireNonNull(worker);
  }

  private Map<String, List<String>> held() {
    return Objects.requireNonNull(held);
  }

  private Map<String, String> quarantined() {
    return Objects.requireNonNull(quarantined);
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
    }
    destination.close();
    control.close();
  }
}
