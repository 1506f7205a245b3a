package org.etlsandbox.benchmark;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.etlsandbox.benchmark.arena.Arena;
import org.etlsandbox.benchmark.arena.CpuTime;
import org.etlsandbox.benchmark.arena.Database;
import org.etlsandbox.benchmark.arena.Lap;
import org.etlsandbox.benchmark.arena.Product;
import org.etlsandbox.engines.EngineUnavailableException;
import org.etlsandbox.soak.stage.DestinationChoice;
import org.etlsandbox.soak.stage.Login;
import org.etlsandbox.soak.stage.Progress;

/**
 * What does it cost to find that nothing is to be done? A loaded destination meets a control
 * database that knows nothing of it, and is loaded again; all rows are equal.
 */
final class UnchangedPart implements Part {

  private static final String HIGHEST_VERSION =
      "SELECT COALESCE(MAX(row_version), 0) FROM customer_order_flat";

  private static final String NEWER =
      "SELECT COUNT(*) FROM customer_order_flat WHERE row_version > %d";

  private static final String LEDGER =
      "SELECT coalesce(sum(inserted + updated + tombstoned), 0) FROM run_scope";

  @Override
  public String key() {
    return "unchanged";
  }

  @Override
  public Report measure(Arena arena, Plan plan, Progress progress)
      throws IOException, SQLException, InterruptedException {
    Report report =
        new Report(
            key(), "a load that finds every row as it should be, against reading both sides");
    report.note(
        "reading: rentals, payments and the destination's rows at the same time, in a JVM like the"
            + " worker's, connections open before");
    List<DestinationChoice> destinations = new ArrayList<>();
    destinations.add(DestinationChoice.NEPTUNE);
    if (Arena.hasSqlServer()) {
      destinations.add(DestinationChoice.MARS);
    } else {
      report.leftOut("mars (and venus)", "MARS_URL names no SQL Server");
    }
    if (plan.quick()) {
      report.leftOut(DestinationChoice.CLICKHOUSE.key(), "--quick");
    } else {
      destinations.add(DestinationChoice.CLICKHOUSE);
    }
    Map<String, Object> details = new LinkedHashMap<>();
    for (DestinationChoice destination : destinations) {
      try (Database database = arena.newDestination(destination)) {
        details.put(destination.key(), measure(arena, database, plan, progress, report));
      } catch (EngineUnavailableException e) {
        report.leftOut(destination.key(), e.getMessage());
      }
    }
    report.details(details);
    return report;
  }

  private static Map<String, Object> measure(
      Arena arena, Database database, Plan plan, Progress progress, Report report)
      throws IOException, SQLException, InterruptedException {
    progress.say("loading " + database.title());
    Lap loaded;
    try (Database control = arena.newControl()) {
      loaded = OurWorker.load(arena, database, control);
    }
    if (database.product() == Product.POSTGRESQL) {
      // As autovacuum would within a minute, in the middle of somebody's lap
      execute(database.login(), "VACUUM ANALYZE customer_order_flat");
    }
    Standings standings = new Standings();
    long booked = 0;
    long written = 0;
    for (int round = 1; round <= plan.rounds(); round++) {
      progress.say(
          "round %d of %d: reading both sides of %s"
              .formatted(round, plan.rounds(), database.title()));
      standings.add(
          "reading", "reading both sides of " + database.title(), read(arena, database, loaded));
      progress.say(
          "round %d of %d: refreshing all of %s".formatted(round, plan.rounds(), database.title()));
      long before = number(database.login(), HIGHEST_VERSION);
      try (Database control = arena.newControl()) {
        Lap lap = OurWorker.load(arena, database, control);
        standings.add("ours", database.destination().worker() + ", all rows equal", lap);
        booked += number(control.login(), LEDGER);
        written += number(database.login(), NEWER.formatted(before));
      }
    }
    judge(database, standings, booked, written, report);
    return standings.published();
  }

  private static Lap read(Arena arena, Database database, Lap expected)
      throws IOException, InterruptedException {
    CpuTime cpu = new CpuTime(arena.servers(database));
    PlainReader.Result result = PlainReader.run(arena, database);
    Map<String, Double> used = cpu.used();
    used.put("client", result.cpuSeconds());
    return new Lap(result.seconds(), used, 0, 0, expected.rows(), expected.digest());
  }

  private static void judge(
      Database database, Standings standings, long booked, long written, Report report) {
    String destination = database.destination().key();
    report.table(standings.table());
    double reading = standings.median("reading");
    double ours = standings.median("ours");
    report.bar(destination + ": reading both sides", reading, false);
    report.bar(destination + ": ours", ours, true);
    report.ratio("%s: ours / reading both sides".formatted(destination), ours / reading);
    standings.differences().forEach(report::failure);
    report.note(
        "%s: %,d rows changed by the ledger, %,d with a newer version in the table"
            .formatted(destination, booked, written));
    if (booked != 0) {
      report.failure(
          "%s: the ledger has %,d changed rows, although nothing had changed"
              .formatted(destination, booked));
    }
    if (written == 0) {
      return;
    }
    if (database.product() == Product.CLICKHOUSE) {
      report.note(
          "(a leader writes what an earlier leader wrote once more: ClickHouse has no fence)");
    } else {
      report.failure(
          "%s: %,d rows were written, although nothing had changed"
              .formatted(destination, written));
    }
  }

  private static long number(Login login, String sql) throws SQLException {
    try (Connection connection = login.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void execute(Login login, String sql) throws SQLException {
    try (Connection connection = login.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
