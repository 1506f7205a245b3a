package org.etlsandbox.soak.crash;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.worker.JoinedRows;

/**
 * What a destination holds, and what may never happen to it: a row that is missing, left over or
 * different, a key twice, a version that goes back.
 */
final class Copy {

  private static final int SHOWN = 20;

  private static final String STORED =
      """
      SELECT rental_id, payment_id, category_id, row_version, is_deleted
      FROM customer_order_flat
      """;

  private final Target target;
  private final Map<String, Long> versions = new HashMap<>();
  private TestDatabase database;

  Copy(Target target) {
    this.target = target;
    this.database = target.engine().newDatabase();
  }

  TestDatabase database() {
    return database;
  }

  /** Another database, of which the worker knows nothing; the versions seen so far still count. */
  void empty() {
    database.close();
    database = target.engine().newDatabase();
  }

  List<String> rows() throws SQLException {
    try (Connection connection = database.connect()) {
      return JoinedRows.inDestination(connection);
    }
  }

  /** Missing, left over and different rows, expected (-) and actual (+), the first ones. */
  static List<String> differences(List<String> expected, List<String> actual) {
    Set<String> missing = new LinkedHashSet<>(expected);
    actual.forEach(missing::remove);
    Set<String> surplus = new LinkedHashSet<>(actual);
    expected.forEach(surplus::remove);
    List<String> lines = new ArrayList<>();
    if (actual.size() != expected.size()) {
      lines.add("%d rows expected, %d there".formatted(expected.size(), actual.size()));
    }
    missing.stream().limit(SHOWN).forEach(row -> lines.add("- " + row));
    surplus.stream().limit(SHOWN).forEach(row -> lines.add("+ " + row));
    if (lines.isEmpty() && !expected.equals(actual)) {
      lines.add("the same rows, but some of them more than once or in another order");
    }
    return lines;
  }

  /**
   * Checks keys and versions of all stored rows, tombstones included, and remembers the versions.
   *
   * @param merge on ClickHouse: whether to merge all parts first, and look again
   * @return what is wrong; empty when nothing is
   */
  List<String> check(boolean merge) throws SQLException {
    List<String> wrong = new ArrayList<>();
    try (Connection connection = database.connect()) {
      boolean keysUnique = target != Target.CLICKHOUSE;
      compareVersions(read(connection, STORED, keysUnique, wrong), wrong);
      if (target == Target.CLICKHOUSE) {
        read(connection, STORED + " FINAL", true, wrong);
        if (merge) {
          checkMerged(connection, wrong);
        }
      }
    }
    return wrong;
  }

  private static void checkMerged(Connection connection, List<String> wrong) throws SQLException {
    List<String> before = JoinedRows.inDestination(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("OPTIMIZE TABLE customer_order_flat FINAL");
    }
    Map<String, Long> merged = read(connection, STORED, true, wrong);
    differences(before, JoinedRows.inDestination(connection))
        .forEach(line -> wrong.add("After the merge: " + line));
    long live = 0;
    try (Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery("SELECT countIf(is_deleted = 0) FROM customer_order_flat")) {
      count.next();
      live = count.getLong(1);
    }
    if (live != before.size() || merged.size() < live) {
      wrong.add(
          "After the merge: %d live rows without FINAL, %d with FINAL before"
              .formatted(live, before.size()));
    }
  }

  /** Key → highest version. */
  private static Map<String, Long> read(
      Connection connection, String sql, boolean keysUnique, List<String> wrong)
      throws SQLException {
    Map<String, Long> found = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        String key = row.getLong(1) + "|" + row.getLong(2) + "|" + row.getLong(3);
        boolean again = found.containsKey(key);
        found.merge(key, row.getLong(4), Math::max);
        if (again && keysUnique && wrong.size() < SHOWN) {
          wrong.add("Key twice: " + key);
        }
      }
    }
    return found;
  }

  private void compareVersions(Map<String, Long> found, List<String> wrong) {
    found.forEach((key, version) -> {
      Long before = versions.merge(key, version, Math::max);
      if (before > version && wrong.size() < SHOWN) {
        wrong.add("The version of %s went back from %d to %d".formatted(key, before, version));
      }
    });
  }

  void close() {
    database.close();
  }
}
