package org.etlsandbox.clickhouse;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.etlsandbox.flat.FlatKey;
import org.etlsandbox.flat.RefreshScope;

/** The statements on {@code customer_order_flat}. */
final class FlatTable {

  /**
   * Ids in one statement. A statement may have 262,144 bytes (max_query_size): 10,000 ids of at
   * most ten digits and a comma take 110,000.
   */
  private static final int IDS_PER_STATEMENT = 10_000;

  /**
   * The winning row of every key, tombstones included: FINAL would leave those out, and with them
   * the version that a late writer must not undercut. Among rows of one version FINAL takes the one
   * inserted last; part names (all_from_to_level) tell the order of insertion.
   */
  private static final String STORED =
      """
      SELECT
          rental_id, payment_id, category_id,
          customer_id, customer_name, film_id, film_title, category, amount,
          rental_date, return_date,
          row_version, is_deleted
      FROM customer_order_flat
      WHERE %s
      ORDER BY
          rental_id, payment_id, category_id,
          row_version DESC, toUInt64(splitByChar('_', _part)[2]) DESC
      LIMIT 1 BY rental_id, payment_id, category_id
      """;

  private static final String RANGE = "rental_id > %d AND rental_id <= %d";
  private static final String RENTALS = "rental_id IN (%s)";

  /** Keys whose winning row is a tombstone; only those with any tombstone are looked at. */
  private static final String DELETED_KEYS =
      """
      SELECT rental_id, payment_id, category_id
      FROM customer_order_flat
      WHERE (rental_id, payment_id, category_id) IN
      (
          SELECT rental_id, payment_id, category_id
          FROM customer_order_flat
          WHERE is_deleted = 1
      )
      GROUP BY rental_id, payment_id, category_id
      HAVING argMax(is_deleted, (row_version, toUInt64(splitByChar('_', _part)[2]))) = 1
      """;

  private static final String COUNT_DELETED = "SELECT count() FROM (" + DELETED_KEYS + ")";

  /** With all older rows of the key, or the last live one would win again. */
  private static final String PURGE =
      """
      DELETE FROM customer_order_flat
      WHERE (rental_id, payment_id, category_id) IN
      (
      """
          + DELETED_KEYS
          + """
          )
          """;

  /** The payment is part of the key, so filtering before the winner is chosen is sound. */
  private static final String RENTALS_HOLDING =
      """
      SELECT DISTINCT rental_id
      FROM
      (
          SELECT rental_id
          FROM customer_order_flat
          WHERE payment_id IN (%s)
          GROUP BY rental_id, payment_id, category_id
          HAVING argMax(is_deleted, (row_version, toUInt64(splitByChar('_', _part)[2]))) = 0
      )
      """;

  /** FINAL leaves tombstones out. */
  private static final String KEYS =
      """
      SELECT toInt64(rental_id), toInt64(payment_id), toInt64(category_id)
      FROM customer_order_flat FINAL
      WHERE rental_id > %d AND rental_id <= %d
      ORDER BY rental_id, payment_id, category_id
      """;

  private static final String COUNT_LIVE = "SELECT count() FROM customer_order_flat FINAL";

  private static final String MAX_RENTAL_ID =
      "SELECT toUInt64(max(rental_id)) FROM customer_order_flat FINAL";

  private static final String MAX_ROW_VERSION = "SELECT max(row_version) FROM customer_order_flat";

  private final ClickHouseServer server;

  FlatTable(ClickHouseServer server) {
    this.server = server;
  }

  /** Winning rows in key order, in the format of {@link FlatFormat}. */
  byte[] stored(RefreshScope scope) {
    return switch (scope) {
      case RefreshScope.Range range ->
          server.query(
              "read the rentals " + range,
              STORED.formatted(RANGE.formatted(range.from(), range.to())));
      case RefreshScope.Rentals rentals ->
          batched(
              rentals.ids(),
              batch ->
                  server.query(
                      "read " + rentals, STORED.formatted(RENTALS.formatted(numbers(batch)))));
    };
  }

  /** Ascending. */
  long[] rentalsHolding(long[] paymentIds) {
    byte[] found =
        batched(
            Arrays.stream(paymentIds).sorted().distinct().toArray(),
            batch ->
                server.query(
                    "look for the rentals of %d payments".formatted(batch.length),
                    RENTALS_HOLDING.formatted(numbers(batch))));
    RowReader reader = new RowReader(found);
    return LongStream.generate(reader::uint32)
        .limit(found.length / Integer.BYTES)
        .sorted()
        .distinct()
        .toArray();
  }

  /** Of live rows, in key order. */
  List<FlatKey> keys(RefreshScope.Range range) {
    RowReader row =
        new RowReader(
            server.query(
                "read the keys of the rentals " + range, KEYS.formatted(range.from(), range.to())));
    List<FlatKey> keys = new ArrayList<>();
    while (row.hasMore()) {
      keys.add(new FlatKey(row.int64(), row.int64(), row.int64()));
    }
    return keys;
  }

  /** Returns when the rows are gone for every reader; merges free the room later. */
  long purge() {
    long deleted = number("count the tombstones", COUNT_DELETED);
    if (deleted > 0) {
      server.query("delete %d tombstones".formatted(deleted), PURGE);
    }
    return deleted;
  }

  long countLive() {
    return number("count the live rows", COUNT_LIVE);
  }

  long maxRentalId() {
    return number("read the largest rental id", MAX_RENTAL_ID);
  }

  long maxRowVersion() {
    return number("read the highest row version", MAX_ROW_VERSION);
  }

  /** A token of its own for every refresh: under one token the second insert vanishes silently. */
  static String token(long rowVersion) {
    return "refresh-%d-%s".formatted(rowVersion, UUID.randomUUID());
  }

  void insert(FlatBlock rows, String token) {
    server.insert("insert %d rows".formatted(rows.rows()), "customer_order_flat", rows, token);
  }

  private long number(String attempt, String sql) {
    return new RowReader(server.query(attempt, sql)).int64();
  }

  /** Answers one after the other; ids that no row can have are not asked for. */
  private static byte[] batched(long[] ids, Function<long[], byte[]> query) {
    long[] possible = Arrays.stream(ids).filter(ClickHouseLimits::holdsId).toArray();
    if (possible.length <= IDS_PER_STATEMENT) {
      return possible.length == 0 ? new byte[0] : query.apply(possible);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int from = 0; from < possible.length; from += IDS_PER_STATEMENT) {
      int to = Math.min(from + IDS_PER_STATEMENT, possible.length);
      all.writeBytes(query.apply(Arrays.copyOfRange(possible, from, to)));
    }
    return all.toByteArray();
  }

  private static String numbers(long[] ids) {
    return Arrays.stream(ids).mapToObj(Long::toString).collect(Collectors.joining(","));
  }
}
