package org.etlsandbox.alpha;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.flat.RefreshScope.Rentals;
import org.etlsandbox.jupiter.JupiterSourceProvider;
import org.etlsandbox.refresh.Refresher;
import org.etlsandbox.refresh.ScopeOutcome;
import org.etlsandbox.sakila.SakilaSchema;
import org.etlsandbox.sakila.SakilaSeed;
import org.etlsandbox.source.Source;
import org.etlsandbox.source.SourceSnapshot;
import org.etlsandbox.sqlserver.SqlServerDestinationProvider;
import org.etlsandbox.testkit.TestLease;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.worker.JoinedRows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * 200,000 rentals from a real Jupiter into a SQL Server, refreshed again, changed and removed;
 * after each step every row is compared with Jupiter's own join.
 */
class SqlServerAtScaleTest {
  private static final int RENTALS = 200_000;
  private static final int RANGE = 10_000;
  private static final int CHANGED = 5_000;
  private static final int REMOVED = 1_000;

  private TestDatabase mars;
  private TestDatabase jupiter;
  private Source source;
  private Destination destination;
  private Refresher refresher;
  private long version;

  @BeforeEach
  void open(TestReporter reporter) throws SQLException {
    mars = TestEngines.sqlServer().newDatabase();
    reporter.publishEntry(
        EngineReport.ENGINE_ENTRY, mars.engine() + " ← " + TestEngines.mariaDb().label());
    jupiter = TestEngines.mariaDb().newDatabase();
    try (Connection connection = jupiter.connect()) {
      SakilaSchema.create(connection, true);
    }
    SakilaSeed.builder()
        .rentals(RENTALS)
        .build()
        .load(new DriverManagerDataSource(jupiter.url(), jupiter.username(), jupiter.password()));
    source = new JupiterSourceProvider().open(jupiter.settings());
    destination = new SqlServerDestinationProvider().open(mars.settings());
    destination.prepare();
    destination.raiseFence(1);
    refresher = new Refresher(destination, TestLease.held(1));
  }

  @AfterEach
  void close() {
    for (AutoCloseable thing : new AutoCloseable[] {destination, source, jupiter, mars}) {
      if (thing != null) {
        try {
          thing.close();
        } catch (Exception e) {
          throw new AssertionError("Could not close " + thing, e);
        }
      }
    }
  }

  @Test
  void loadedRefreshedChangedAndRemovedItIsAlwaysJupitersJoin() throws SQLException {
    List<Long> rentals = rentals();
    List<String> loaded = rowsInJupiter();
    int rows = loaded.size();
    assertThat(rentals).hasSize(RENTALS);
    assertThat(rows).isGreaterThan(RENTALS);

    assertThat(refresh(ranges(rentals.getLast()))).isEqualTo(result(rows, 0, 0, 0));
    assertThat(rowsInMars()).isEqualTo(loaded);

    assertThat(refresh(ranges(rentals.getLast()))).isEqualTo(result(0, 0, 0, rows));

    List<Long> changed = every(RENTALS / CHANGED, rentals);
    assertThat(changed).hasSize(CHANGED);
    jupiter.execute(
        "UPDATE payment SET amount = IF(amount > 0, amount - 0.01, amount + 0.01) WHERE rental_id IN ("
            + list(changed)
            + ")");
    assertThat(refresh(byId(changed))).isEqualTo(result(0, rowsOf(changed, loaded), 0, 0));
    List<String> afterwards = rowsInJupiter();
    assertThat(afterwards).hasSize(rows).isNotEqualTo(loaded);
    assertThat(rowsInMars()).isEqualTo(afterwards);

    List<Long> removed = every(RENTALS / REMOVED, rentals);
    assertThat(removed).hasSize(REMOVED);
    int leaving = rowsOf(removed, loaded);
    for (String table : List.of("payment", "rental")) {
      jupiter.execute("DELETE FROM " + table + " WHERE rental_id IN (" + list(removed) + ")");
    }
    assertThat(refresh(ranges(rentals.getLast()))).isEqualTo(result(0, 0, leaving, rows - leaving));
    assertThat(rowsInMars()).isEqualTo(rowsInJupiter()).hasSize(rows - leaving);
  }

  private static RefreshResult result(long inserted, long updated, long tombstoned, long same) {
    return new RefreshResult(inserted + updated + same, inserted, updated, tombstoned, same);
  }

  private RefreshResult refresh(List<RefreshScope> scopes) {
    RefreshResult sum = RefreshResult.NOTHING;
    for (RefreshScope scope : scopes) {
      version++;
      try (SourceSnapshot snapshot = source.snapshot()) {
        ScopeOutcome outcome = refresher.refresh(scope, snapshot, version);
        assertThat(outcome.refused()).isEmpty();
        sum = sum.plus(outcome.result());
      }
    }
    return sum;
  }

  private static List<RefreshScope> ranges(long highest) {
    List<RefreshScope> ranges = new ArrayList<>();
    for (long from = 0; from < highest; from += RANGE) {
      ranges.add(new Range(from, from + RANGE));
    }
    return ranges;
  }

  private static List<RefreshScope> byId(List<Long> rentals) {
    List<RefreshScope> scopes = new ArrayList<>();
    for (int from = 0; from < rentals.size(); from += 1_000) {
      scopes.add(
          new Rentals(
              rentals.subList(from, Math.min(from + 1_000, rentals.size())).stream()
                  .mapToLong(Long::longValue)
                  .toArray()));
    }
    return scopes;
  }

  private List<Long> rentals() throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (Connection connection = jupiter.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT rental_id FROM rental ORDER BY rental_id")) {
      while (row.next()) {
        ids.add(row.getLong(1));
      }
    }
    return ids;
  }

  private static List<Long> every(int distance, List<Long> rentals) {
    List<Long> chosen = new ArrayList<>();
    for (int i = 0; i < rentals.size(); i += distance) {
      chosen.add(rentals.get(i));
    }
    return chosen;
  }

  private static String list(List<Long> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static int rowsOf(List<Long> rentals, List<String> rows) {
    Set<String> ids = rentals.stream().map(String::valueOf).collect(Collectors.toSet());
    return (int) rows.stream().filter(row -> ids.contains(row.split("\\|", 2)[0])).count();
  }

  private List<String> rowsInJupiter() throws SQLException {
    try (Connection connection = jupiter.connect()) {
      return JoinedRows.inJupiter(connection);
    }
  }

  private List<String> rowsInMars() throws SQLException {
    try (Connection connection = mars.connect()) {
      return JoinedRows.inDestination(connection);
    }
  }
}
