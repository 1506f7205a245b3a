package org.etlsandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.destination.StoredFlat;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.schema.SchemaMode;
import org.etlsandbox.testkit.TestLease;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the contract cannot know: how ClickHouse itself keeps what was written. */
class ClickHouseTableTest {

  private static final Range SCOPE = new Range(0, 100);

  private TestDatabase database;
  private ConnectionSettings settings;
  private ClickHouseServer server;
  private Destination destination;

  @BeforeEach
  void open() {
    database = TestEngines.clickHouse().newDatabase();
    settings = database.settings();
    server = new ClickHouseServer(settings);
    destination = new ClickHouseDestinationProvider().open(settings);
  }

  @AfterEach
  void drop() {
    destination.close();
    server.close();
    database.close();
  }

  @Test
  void nothingIsDoubledOnceMerged() {
    prepare();
    refresh(1, Flats.range(0, 100, "FIRST"));
    refresh(2, Flats.range(0, 100, "SECOND"));
    refresh(3, Flats.range(0, 50, "SECOND"));
    run("OPTIMIZE TABLE customer_order_flat FINAL");

    assertThat(number("SELECT count() FROM customer_order_flat"))
        .as("one row a key, tombstones kept, without FINAL")
        .isEqualTo(100);
    assertThat(number("SELECT countIf(is_deleted = 0) FROM customer_order_flat")).isEqualTo(50);
    assertThat(number("SELECT count() FROM customer_order_flat_current")).isEqualTo(50);
    assertThat(number("SELECT countIf(film_title != 'SECOND') FROM customer_order_flat_current"))
        .isZero();
    assertThat(refresh(4, Flats.range(0, 50, "SECOND")))
        .isEqualTo(new RefreshResult(50, 0, 0, 0, 50));
  }

  /** The server checks column types by itself, so what is left to go wrong is what comes back. */
  @Test
  void aWallClockThatDoesNotComeBackIsNoticedBeforeAnythingIsWritten() {
    run(
        """
        CREATE TABLE etl_canary
        (id UUID, wall DateTime64(0, 'UTC'), wall_null Nullable(DateTime64(0, 'UTC')))
        ENGINE = Null
        """);
    assertThatThrownBy(this::prepare)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.PERMANENT))
        .hasMessageContainingAll("2025-03-30 02:30:01", "came back as [no row]");
  }

  /** The old leader was paused between its check and its INSERT, which then comes too late. */
  @Test
  void whatAnEarlierLeaderStillSendsLosesAgainstARowThatWasFoundEqual() {
    prepare();
    refresh(1, List.of(Flats.flat(1, 1, "RIGHT")));
    FlatBlock late = new FlatBlock().live(Flats.flat(1, 1, "STALE"), 2);

    destination.raiseFence(2);
    RefreshResult found =
        destination.refresh(
            SCOPE, FlatStream.of(List.of(Flats.flat(1, 1, "RIGHT"))), 3, TestLease.held(2));
    new FlatTable(server).insert(late, "token-late");

    assertThat(found).isEqualTo(new RefreshResult(1, 0, 0, 0, 1));
    assertThat(text("SELECT film_title FROM customer_order_flat_current")).isEqualTo("RIGHT");
    destination.refresh(
        SCOPE, FlatStream.of(List.of(Flats.flat(1, 1, "RIGHT"))), 4, TestLease.held(2));
    assertThat(number("SELECT max(row_version) FROM customer_order_flat"))
        .as("once a leadership")
        .isEqualTo(3);
  }

  @Test
  void theViewShowsTheWinnersBeforeAnyMerge() {
    prepare();
    run("SYSTEM STOP MERGES customer_order_flat");
    refresh(1, Flats.range(0, 100, "FIRST"));
    refresh(2, Flats.range(0, 50, "SECOND"));
    assertThat(number("SELECT count() FROM customer_order_flat")).isEqualTo(200);
    assertThat(number("SELECT count() FROM customer_order_flat_current")).isEqualTo(50);
    assertThat(number("SELECT countIf(film_title = 'SECOND') FROM customer_order_flat_current"))
        .isEqualTo(50);
  }

  /** Ids in no order do not become smaller when they are compressed. */
  @Test
  void aBlockOfNoiseIsInsertedAsAnyOther() {
    prepare();
    Random random = new Random(1);
    List<CustomerOrderFlat> rows = new ArrayList<>();
    for (long rental = 1; rental <= 40_000; rental++) {
      rows.add(Flats.flat(rental, Integer.toUnsignedLong(random.nextInt()), "X"));
    }
    Range range = new Range(0, 40_000);

    destination.refresh(range, FlatStream.of(rows), 1, TestLease.held(1));

    assertThat(destination.stored(range).stream().map(StoredFlat::flat).toList()).isEqualTo(rows);
  }

  @Test
  void oneTokenCountsOnceTwoTokensCountTwice() {
    prepare();
    run("SYSTEM STOP MERGES customer_order_flat");
    FlatTable table = new FlatTable(server);
    FlatBlock row = new FlatBlock().live(Flats.flat(1, 1, "X"), 1);

    table.insert(row, "token-a");
    table.insert(row, "token-a");
    assertThat(number("SELECT count() FROM customer_order_flat")).isEqualTo(1);

    table.insert(row, "token-b");
    assertThat(number("SELECT count() FROM customer_order_flat"))
        .as("identical bytes under another token are another insert")
        .isEqualTo(2);
    assertThat(FlatTable.token(7)).isNotEqualTo(FlatTable.token(7));
  }

  @Test
  void anInsertWhoseAnswerIsLostIsSentAgainAndCountsOnce() throws Exception {
    prepare();
    run("SYSTEM STOP MERGES customer_order_flat");
    try (AnswerDroppingProxy network =
            new AnswerDroppingProxy(address().getHost(), address().getPort());
        Destination behind = new ClickHouseDestinationProvider().open(through(network))) {
      network.toDrop.set(2);
      RefreshResult result =
          behind.refresh(SCOPE, FlatStream.of(Flats.range(0, 100, "X")), 1, TestLease.held(1));
      assertThat(network.toDrop).as("answers that were not lost").hasValue(0);
      assertThat(result).isEqualTo(new RefreshResult(100, 100, 0, 0, 0));
      assertThat(number("SELECT count() FROM customer_order_flat")).isEqualTo(100);

      network.toDrop.set(3);
      assertThatThrownBy(() ->
              behind.refresh(SCOPE, FlatStream.of(Flats.range(0, 99, "X")), 2, TestLease.held(1)))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
    }
    assertThat(refresh(3, Flats.range(0, 99, "X")))
        .as("it had arrived after all")
        .isEqualTo(new RefreshResult(99, 0, 0, 0, 99));
  }

  /** An insert of another process, so one that this process's own lock knows nothing of. */
  @Test
  void raisingTheFenceWaitsForAnInsertOfAnotherProcess() throws Exception {
    prepare();
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    new FlatBlock().live(Flats.flat(1, 1, "LATE"), 1).writeTo(encoded);
    byte[] row = encoded.toByteArray();
    HttpURLConnection other =
        (HttpURLConnection)
            URI.create(
                    "%s/?database=%s&async_insert=0&query=INSERT+INTO+customer_order_flat+FORMAT+Native"
                        .formatted(address(), server.database()))
                .toURL()
                .openConnection();
    other.setRequestProperty("X-ClickHouse-User", settings.username());
    other.setRequestProperty("X-ClickHouse-Key", settings.password());
    other.setDoOutput(true);
    other.setChunkedStreamingMode(1);
    CompletableFuture<Void> raised;
    try (OutputStream body = other.getOutputStream()) {
      body.write(row, 0, 10);
      body.flush();
      awaitInsertUnderWay();
      raised = CompletableFuture.runAsync(() -> destination.raiseFence(2));
      Thread.sleep(500);
      assertThat(raised).as("waits").isNotDone();
      body.write(row, 10, row.length - 10);
    }
    assertThat(other.getResponseCode()).isEqualTo(200);
    raised.get(30, TimeUnit.SECONDS);
    assertThat(destination.stored(SCOPE)).hasSize(1);
  }

  private void awaitInsertUnderWay() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      if (number("SELECT count() FROM system.processes WHERE query_kind = 'Insert'") > 0) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("The insert did not begin");
  }

  @Test
  void amongEqualVersionsTheLastInsertWinsAsWithFinal() {
    prepare();
    run("SYSTEM STOP MERGES customer_order_flat");
    for (int i = 0; i < 12; i++) {
      refresh(1, List.of(Flats.flat(1, 1, "TITLE " + i)));
    }
    String winner = destination.stored(SCOPE).getFirst().flat().filmTitle();
    assertThat(winner).isEqualTo("TITLE 11");
    assertThat(text("SELECT film_title FROM customer_order_flat_current")).isEqualTo(winner);
  }

  @Test
  void aMissingDatabaseIsCreated() {
    database.close();
    prepare();
    assertThat(refresh(1, Flats.range(0, 3, "X")).inserted()).isEqualTo(3);
  }

  @Test
  void anotherSchemaVersionIsRefused() {
    prepare();
    run("INSERT INTO etl_destination (schema_version, epoch) VALUES (7, 0)");
    assertRefused("made by another version (schema 7, this one knows 1)");
  }

  @Test
  void aTableAlteredByHandIsRefused() {
    prepare();
    run("ALTER TABLE customer_order_flat ADD COLUMN note String AFTER film_id");
    assertRefused("other columns than this version writes");
  }

  @Test
  void aTableRecreatedByHandIsAnotherIncarnation() {
    UUID first = destination.prepare().incarnation();
    run("DROP TABLE customer_order_flat SYNC");
    assertThat(destination.prepare().incarnation()).isNotEqualTo(first);
  }

  @Test
  void theDdlThatIsServedMakesTheTableThatIsWritten() {
    assertThat(ClickHouseSchema.tableDdl())
        .startsWith("CREATE TABLE IF NOT EXISTS customer_order_flat");
    run(ClickHouseSchema.tableDdl());
    prepare();
    assertThat(
            text(
                "SELECT engine_full FROM system.tables WHERE database = currentDatabase() AND name = 'customer_order_flat'"))
        .contains("ReplacingMergeTree(row_version, is_deleted)")
        .contains("non_replicated_deduplication_window = 1000");
  }

  /** Who validates makes nothing, not even the database. */
  @Test
  void aMissingSchemaIsRefusedAndNotMadeByWhoValidates() {
    assertNotValid("the tables are missing");
    assertThat(number("SELECT count() FROM system.tables WHERE database = currentDatabase()"))
        .isZero();
    prepare();
    run("DROP VIEW customer_order_flat_current");
    assertNotValid("the tables are missing");
  }

  @Test
  void theCurrentSchemaIsTakenByWhoValidates() {
    prepare();
    assertThat(destination.prepare(SchemaMode.VALIDATE)).isEqualTo(destination.prepare());
  }

  @Test
  void anotherVersionIsRefusedByWhoValidates() {
    prepare();
    run("TRUNCATE TABLE etl_destination");
    assertNotValid("the tables are missing");
    run(
        "INSERT INTO etl_destination (schema_version, epoch) SELECT %d, 1"
            .formatted(ClickHouseSchema.VERSION + 1));
    assertNotValid(
        "has version %d, this worker knows %d"
            .formatted(ClickHouseSchema.VERSION + 1, ClickHouseSchema.VERSION));
  }

  private void assertNotValid(String message) {
    assertThatThrownBy(() -> destination.prepare(SchemaMode.VALIDATE))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.PERMANENT))
        .hasMessageContaining(message);
  }

  @Test
  void moreIdsThanOneStatementTakes() {
    prepare();
    long rentals = 25_000;
    Range all = new Range(0, rentals);
    destination.refresh(all, FlatStream.of(Flats.range(0, rentals, "X")), 1, TestLease.held(1));
    long[] payments = new long[(int) rentals + 1];
    long[] expected = new long[(int) rentals];
    for (int i = 0; i < rentals; i++) {
      payments[i] = Flats.scattered(i + 1);
      expected[i] = i + 1;
    }
    payments[(int) rentals] = Long.MAX_VALUE;
    assertThat(destination.rentalsHolding(payments)).isEqualTo(expected);
  }

  private void prepare() {
    destination.prepare();
    destination.raiseFence(1);
  }

  private RefreshResult refresh(long version, List<CustomerOrderFlat> rows) {
    return destination.refresh(SCOPE, FlatStream.of(rows), version, TestLease.held(1));
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> destination.prepare())
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.PERMANENT))
        .hasMessageContaining(message);
  }

  private URI address() {
    return URI.create(ClickHouseAddress.of(settings).endpoint());
  }

  private ConnectionSettings through(AnswerDroppingProxy network) {
    return new ConnectionSettings(
            "test",
            "jdbc:clickhouse://127.0.0.1:%d/%s".formatted(network.port(), server.database()),
            settings.username(),
            settings.password(),
            10)
        .with(DatabaseTls.OFF);
  }

  private void run(String sql) {
    server.query("run " + sql, sql);
  }

  private long number(String sql) {
    return new RowReader(server.query("run " + sql, sql)).int64();
  }

  private String text(String sql) {
    return new RowReader(server.query("run " + sql, sql)).text();
  }
}
