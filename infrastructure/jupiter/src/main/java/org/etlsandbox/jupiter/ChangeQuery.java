package org.etlsandbox.jupiter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.etlsandbox.source.Change;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.ChangePage;
import org.etlsandbox.source.ChangePosition;
import org.etlsandbox.source.RowDigest;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table's changed rows in keyset pages: over the index on {@code last_update} where there
 * is one, in primary key order otherwise.
 */
final class ChangeQuery {

  /** The session runs in UTC, so texts of last_update are UTC; a fraction shows only if stored. */
  private static final DateTimeFormatter MOMENT =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT);

  private final PolledTable table;
  private final boolean indexed;

  ChangeQuery(PolledTable table, boolean indexed) {
    this.table = table;
    this.indexed = indexed;
  }

  ChangePage read(Connection connection, ChangePosition position, int limit) throws SQLException {
    boolean first = position.key() == null;
    List<Change> changes = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql(first))) {
      bind(statement, position, limit);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          changes.add(change(row));
        }
      }
    }
    if (changes.size() < limit) {
      return new ChangePage(changes, null);
    }
    Change last = changes.getLast();
    return new ChangePage(
        changes, new ChangePosition(position.since(), last.lastUpdate(), last.key()));
  }

  /** Package-private so that a test can put EXPLAIN before it. */
  String sql(boolean first) {
    String select =
        "/* etl-sandbox */ SELECT %s FROM %s t"
            .formatted(
                String.join(
                    ", ", table.columns().stream().map(c -> "CAST(t." + c + " AS CHAR)").toList()),
                table.table().tableName());
    String key = table.keys().getFirst();
    String afterKey =
        table.hasCompositeKey()
            ? "(t.%s > ? OR t.%s = ? AND t.%s > ?)".formatted(key, key, table.keys().getLast())
            : "t.%s > ?".formatted(key);
    String keys = "t." + String.join(", t.", table.keys());
    if (indexed) {
      // The row form (last_update, id) > (?, ?) would read the index from its beginning
      return select
          + (first
              ? " WHERE t.last_update >= ?"
              : table.hasCompositeKey()
                  ? afterCompositeKey()
                  : " WHERE t.last_update >= ? AND (t.last_update > ? OR %s)".formatted(afterKey))
          + " ORDER BY t.last_update, "
          + keys
          + " LIMIT ?";
    }
    return select
        + " WHERE t.last_update >= ?"
        + (first ? "" : " AND " + afterKey)
        + " ORDER BY "
        + keys
        + " LIMIT ?";
  }

  /** Each range spelt out: of the short form neither server makes ranges of a two-column key. */
  private String afterCompositeKey() {
    return """
     WHERE t.last_update >= ? AND (t.last_update > ?
    OR t.last_update = ? AND t.%1$s > ?
    OR t.last_update = ? AND t.%1$s = ? AND t.%2$s > ?)\
    """
        .formatted(table.keys().getFirst(), table.keys().getLast());
  }

  void bind(PreparedStatement statement, ChangePosition position, int limit) throws SQLException {
    int at = 1;
    ChangeKey key = position.key();
    Instant last = position.lastUpdate();
    if (key == null || last == null) {
      statement.setString(at++, text(position.since()));
    } else if (indexed) {
      statement.setString(at++, text(last));
      statement.setString(at++, text(last));
      if (table.hasCompositeKey()) {
        statement.setString(at++, text(last));
        statement.setLong(at++, key.first());
        statement.setString(at++, text(last));
        statement.setLong(at++, key.first());
        statement.setLong(at++, key.second());
      } else {
        at = bindKey(statement, at, key);
      }
    } else {
      statement.setString(at++, text(position.since()));
      at = bindKey(statement, at, key);
    }
    statement.setInt(at, limit);
  }

  private int bindKey(PreparedStatement statement, int at, ChangeKey key) throws SQLException {
    statement.setLong(at++, key.first());
    if (table.hasCompositeKey()) {
      statement.setLong(at++, key.first());
      statement.setLong(at++, key.second());
    }
    return at;
  }

  private Change change(ResultSet row) throws SQLException {
    int keys = table.keys().size();
    int columns = table.columns().size();
    ChangeKey key =
        keys == 2 ? new ChangeKey(row.getLong(1), row.getLong(2)) : new ChangeKey(row.getLong(1));
    MessageDigest md5 = md5();
    for (int column = keys + 1; column < columns; column++) {
      add(md5, row.getString(column));
    }
    ByteBuffer digest = ByteBuffer.wrap(md5.digest());
    return new Change(
        key, moment(row.getString(columns)), new RowDigest(digest.getLong(), digest.getLong()));
  }

  /** Each value with its length, so that no two rows run together into the same text. */
  private static void add(MessageDigest md5, @Nullable String value) {
    byte[] bytes = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
    md5.update(ByteBuffer.allocate(4).putInt(value == null ? -1 : bytes.length).array());
    md5.update(bytes);
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has MD5", e);
    }
  }

  static String text(Instant moment) {
    return MOMENT.format(LocalDateTime.ofInstant(moment, ZoneOffset.UTC));
  }

  private static Instant moment(String text) {
    return LocalDateTime.parse(text, MOMENT).toInstant(ZoneOffset.UTC);
  }
}
