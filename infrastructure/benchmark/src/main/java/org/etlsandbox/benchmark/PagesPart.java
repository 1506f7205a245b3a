package org.etlsandbox.benchmark;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.etlsandbox.benchmark.Table.Column;
import org.etlsandbox.benchmark.arena.ApiRun;
import org.etlsandbox.benchmark.arena.Arena;
import org.etlsandbox.benchmark.arena.Database;
import org.etlsandbox.benchmark.arena.ProcessMemory;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.postgresql.PostgreSqlDestinationProvider;
import org.etlsandbox.soak.stage.DestinationChoice;
import org.etlsandbox.soak.stage.Progress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Does a page cost more the further one has gone? */
final class PagesPart implements Part {

  private static final int PAGE = 100;
  private static final int WALK = 1000;
  private static final int CONNECTIONS = 2;

  /** Requests at each place, before any is measured and in each round. */
  private static final int REQUESTS = 100;

  private static final int QUICK_REQUESTS = 20;

  private static final double MILLIS = 1e6;
  private static final double MEGABYTE = 1024 * 1024;

  /** What has to read all rows: no index of ours serves it. */
  private static final Map<String, String> WHOLE_TABLE = new LinkedHashMap<>();

  static {
    WHOLE_TABLE.put("sorted by rentalDate, first page", "?sort=rentalDate");
    WHOLE_TABLE.put("sorted by amount, first page", "?sort=amount");
    WHOLE_TABLE.put("sorted by customerId, first page", "?sort=customerId");
    WHOLE_TABLE.put("of one customer, first page", "?customerId=77");
    WHOLE_TABLE.put("totals by category", "/aggregates/categories");
    WHOLE_TABLE.put("totals by month", "/aggregates/months");
    WHOLE_TABLE.put("totals by customer", "/aggregates/customers");
    WHOLE_TABLE.put("export as CSV", "/export?format=csv");
    WHOLE_TABLE.put("export as NDJSON", "/export?format=ndjson");
  }

  @Override
  public String key() {
    return "pages";
  }

  /**
   * A place in the list.
   *
   * @param query that is answered with the page that begins there
   * @param first rental on that page
   * @param millis what requests have taken
   */
  private record Place(String name, String query, long first, List<Double> millis) {}

  @Override
  public Report measure(Arena arena, Plan plan, Progress progress)
      throws IOException, SQLException, InterruptedException {
    long rows = arena.jupiter().rentals();
    Report report =
        new Report(
            key(),
            "a page of %d rows of %,d over HTTP, in the order of keys, at three places in turn"
                .formatted(PAGE, rows));
    report.unit("ms");
    int requests = plan.quick() ? QUICK_REQUESTS : REQUESTS;
    try (Database database = arena.newDestination(DestinationChoice.NEPTUNE)) {
      progress.say("making %,d rows".formatted(rows));
      fill(database, rows);
      try (ApiRun api = ApiRun.start(arena, database)) {
        progress.say("walking through the pages");
        List<Place> places =
            List.of(
                place(api, "first page", 0),
                place(api, "after %,d rows".formatted(rows / 2), rows / 2),
                place(api, "after %,d rows".formatted(rows - PAGE), rows - PAGE));
        for (int i = 0; i < requests; i++) {
          for (Place place : places) {
            ask(api, place, report);
          }
        }
        places.forEach(place -> place.millis().clear());
        for (int round = 1; round <= plan.rounds(); round++) {
          progress.say("round %d of %d".formatted(round, plan.rounds()));
          for (int i = 0; i < requests; i++) {
            for (Place place : places) {
              ask(api, place, report);
            }
          }
        }
        publish(report, places);
        wholeTable(api, plan, progress, report);
        report.note(
            "beta-api's memory at its highest: %.0f MB (RSS), with a heap of 256 MB"
                .formatted(ProcessMemory.peak(api.pid()) / MEGABYTE));
      }
    }
    return report;
  }

  private static void fill(Database database, long rows) throws SQLException {
    try (Destination destination =
        new PostgreSqlDestinationProvider()
            .open(
                new ConnectionSettings(
                        "neptune",
                        database.login().url(),
                        database.login().username(),
                        database.login().password(),
                        CONNECTIONS)
                    .with(DatabaseTls.OFF))) {
      destination.prepare();
    }
    try (Connection connection = database.login().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO customer_order_flat
          SELECT n, n * 7919 %% 2000003 + n, n %% 16 + 1, n %% 599 + 1, 'CUSTOMER NAME ' || n %% 599 + 1,
            n %% 1000 + 1, 'TITLE OF A FILM ' || n %% 1000 + 1, 'Category ' || n %% 16 + 1,
            n %% 12 + 0.99, timestamp '2005-05-24' + n * interval '37 seconds',
            CASE WHEN n %% 11 > 0 THEN timestamp '2005-05-27' + n * interval '37 seconds' END, 1, false
          FROM generate_series(1::bigint, %d) n
          """
              .formatted(rows));
      statement.execute("VACUUM ANALYZE customer_order_flat");
      statement.execute("CHECKPOINT");
    }
  }

  /** Goes there as any client would, in larger steps. */
  private static Place place(ApiRun api, String name, long depth)
      throws IOException, InterruptedException {
    String cursor = "";
    long at = 0;
    while (at < depth) {
      long step = Math.min(WALK, depth - at);
      JsonNode page = page(api, "?limit=" + step + cursor);
      cursor = "&cursor=" + page.get("next").asString();
      at += step;
    }
    return new Place(name, "?limit=" + PAGE + cursor, depth + 1, new ArrayList<>());
  }

  private static void ask(ApiRun api, Place place, Report report)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    byte[] answer = api.get(place.query());
    place.millis().add((System.nanoTime() - began) / MILLIS);
    JsonNode items = JsonMapper.shared().readTree(answer).get("items");
    long first = items.path(0).path("rentalId").asLong();
    if (items.size() != PAGE || first != place.first()) {
      report.failure(
          "%s has %d rows and begins with rental %d: it must have %d and begin with %d"
              .formatted(place.name(), items.size(), first, PAGE, place.first()));
    }
  }

  private static JsonNode page(ApiRun api, String query) throws IOException, InterruptedException {
    return JsonMapper.shared().readTree(api.get(query));
  }

  private static void publish(Report report, List<Place> places) {
    Table table =
        new Table(
            new Column("page", "page", "%s"),
            new Column("requests", "requests", "%d"),
            new Column("median ms", "medianMillis", "%.2f"),
            new Column("p95 ms", "p95Millis", "%.2f"));
    double first = Statistics.median(places.getFirst().millis());
    for (Place place : places) {
      double median = Statistics.median(place.millis());
      table.row(
          place.name(), place.millis().size(), median, Statistics.percentile(place.millis(), 95));
      report.bar(place.name(), median, true);
      if (place != places.getFirst()) {
        report.ratio("%s / first page".formatted(place.name()), median / first);
      }
    }
    report.table(table);
  }

  private static void wholeTable(ApiRun api, Plan plan, Progress progress, Report report)
      throws IOException, InterruptedException {
    Table table =
        new Table(
            new Column("what reads all rows", "request", "%s"),
            new Column("s", "seconds", "%.2f"),
            new Column("MB", "megabytes", "%.1f"));
    for (Map.Entry<String, String> request : WHOLE_TABLE.entrySet()) {
      List<Double> seconds = new ArrayList<>();
      double megabytes = 0;
      for (int round = 1; round <= plan.rounds(); round++) {
        progress.say(request.getKey());
        long began = System.nanoTime();
        megabytes = api.drain(request.getValue()) / MEGABYTE;
        seconds.add((System.nanoTime() - began) / 1e9);
      }
      table.row(request.getKey(), Statistics.median(seconds), megabytes);
    }
    report.table(table);
  }
}
