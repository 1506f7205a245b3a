package org.etlsandbox.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The official drivers against the embedded engine: what our adapter uses, and hostile cases. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClickHouseDriverTest {
  private static final int MANY = 200_000;
  private static ClickHouseEngine engine;

  @BeforeAll
  static void start() {
    try {
      engine = ClickHouseEngine.start(EngineOptions.temporary());
    } catch (EngineUnavailableException e) {
      Assumptions.abort(e.getMessage());
    }
  }

  @AfterAll
  static void stop() {
    if (engine != null) {
      engine.close();
    }
  }

  private static Connection connect(String parameters) throws SQLException {
    return RunningEngine.connect(
        engine.jdbcUrl() + parameters, engine.username(), engine.password());
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(String sql) throws SQLException {
    return RunningEngine.ask(engine.jdbcUrl(), engine.username(), engine.password(), sql);
  }

  private static void createItems(String name) throws SQLException {
    execute("DROP TABLE IF EXISTS " + name);
    execute(
        """
        CREATE TABLE %s (id Int64, name String, amount Decimal(10, 2), at DateTime64(0, 'UTC'), back Nullable(DateTime64(0, 'UTC')))
        ENGINE = MergeTree ORDER BY id SETTINGS non_replicated_deduplication_window = 100
        """
            .formatted(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?compress=0", "?decompress=1", "?compress=0&decompress=1"})
  void preparedStatementsAndBatches(String parameters) throws SQLException {
    createItems("batch");
    LocalDateTime at = LocalDateTime.of(2026, 3, 8, 2, 30);
    try (Connection connection = connect(parameters)) {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO batch VALUES (?, ?, ?, ?, ?)")) {
        for (int i = 0; i < 1_000; i++) {
          insert.setLong(1, i);
          insert.setString(2, "O'Brien \\ 🎬 {x:String} ? " + i);
          insert.setBigDecimal(3, new BigDecimal("99999999.90"));
          // why a string: the driver shifts a LocalDateTime by the zone of the JVM
          insert.setString(4, "2026-03-08 02:30:00");
          insert.setObject(5, null);
          insert.addBatch();
        }
        assertThat(insert.executeBatch()).hasSize(1_000);
      }
      try (PreparedStatement select =
          connection.prepareStatement("SELECT * FROM batch WHERE id = ?")) {
        select.setLong(1, 999);
        try (var rows = select.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getString(2)).isEqualTo("O'Brien \\ 🎬 {x:String} ? 999");
          assertThat(rows.getBigDecimal(3)).isEqualTo(new BigDecimal("99999999.90"));
          assertThat(rows.getObject(4, LocalDateTime.class)).isEqualTo(at);
          assertThat(rows.getObject(5)).isNull();
          assertThat(rows.next()).isFalse();
        }
      }
    }
  }

  @Test
  void emptyResultHasItsColumns() throws SQLException {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT number AS n FROM numbers(0)")) {
      assertThat(rows.next()).isFalse();
      assertThat(rows.getMetaData().getColumnName(1)).isEqualTo("n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT toString(number) FROM numbers(200000)",
        "WITH 1 AS one SELECT toString(number) FROM numbers(200000) WHERE one = 1",
        "SELECT toString(number) FROM numbers(100000) UNION ALL SELECT toString(number) FROM numbers(100000)",
        "/* a comment */ (SELECT toString(number) FROM numbers(200000)) -- the end",
        "SELECT toString(number) FROM numbers(200000) SETTINGS max_block_size = 1000"
      })
  void readsManyRows(String sql) throws SQLException {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      long count = 0;
      while (rows.next()) {
        assertThat(Long.parseLong(rows.getString(1))).isBetween(0L, 200_000L);
        count++;
      }
      assertThat(count).isEqualTo(MANY);
    }
  }

  @Test
  void showDescribeExplainAndMetadata() throws SQLException {
    createItems("described");
    assertThat(ask("SHOW TABLES LIKE 'described'")).isEqualTo("described");
    assertThat(ask("DESCRIBE TABLE described")).isEqualTo("id");
    assertThat(ask("EXISTS TABLE described")).isEqualTo("1");
    assertThat(ask("EXPLAIN SELECT 1")).isNotEmpty();
    try (Connection connection = connect("");
        var columns = connection.getMetaData().getColumns(null, "etl", "described", "%")) {
      assertThat(columns.next()).isTrue();
      assertThat(columns.getString("COLUMN_NAME")).isEqualTo("id");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SELECT * FROM missing,60",
    "SELEC 1,62",
    "SELECT missing,47",
    "SELECT throwIf(number = 0) FROM numbers(1),395",
    "INSERT INTO missing VALUES (1),60",
    "SYSTEM SHUTDOWN,48"
  })
  void errorsCarryClickHouseCodes(String sql, int code) {
    assertThatThrownBy(() -> execute(sql))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(serverCode(e)).as(e.toString()).isEqualTo(code));
    assertThat(engine.isAlive()).isTrue();
  }

  private static int serverCode(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof ServerException server) {
        return server.getCode();
      }
    }
    return e instanceof SQLException sql ? sql.getErrorCode() : -1;
  }

  /** The driver cannot get a code from a broken answer; that it fails at all is what matters. */
  @Test
  void errorInTheMiddleOfAnAnswerIsNotMistakenForItsEnd() throws SQLException {
    try (Connection connection = connect("?clickhouse_setting_max_block_size=1000");
        Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT toString(number), throwIf(number = 900000) FROM numbers(1000000)")) {
      assertThat(rows.next()).isTrue();
      assertThatThrownBy(
              () -> {
                while (rows.next()) {
                  rows.getString(1);
                }
              })
          .isInstanceOf(Exception.class);
    }
  }

  @Test
  void settingsHoldForOneRequestOnly() throws SQLException {
    try (Connection connection = connect("?clickhouse_setting_max_threads=3");
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT getSetting('max_threads')")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(3);
    }
    assertThat(ask("SELECT getSetting('max_threads')")).isNotEqualTo("3");
  }

  @Test
  void sameDeduplicationTokenInsertsOnce() throws Exception {
    createItems("dedup");
    try (Client client = client(true)) {
      for (int i = 0; i < 2; i++) {
        insert(client, "dedup", rows(0, 10), "same");
      }
      assertThat(ask("SELECT count() FROM dedup")).isEqualTo("10");
      insert(client, "dedup", rows(10, 20), "other");
      assertThat(ask("SELECT count() FROM dedup")).isEqualTo("20");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void insertsManyRowsAsRowBinary(boolean compressed) throws Exception {
    createItems("many");
    try (Client client = client(compressed)) {
      insert(client, "many", rows(0, MANY), "all");
      assertThat(
              ask(
                  "SELECT count() || ' ' || sum(id) || ' ' || toDecimalString(sum(amount), 2) FROM many"))
          .isEqualTo(MANY + " " + (long) MANY * (MANY - 1) / 2 + " " + MANY / 2 * 3 + ".00");
      try (var answer =
          client
              .query(
                  "SELECT id FROM many WHERE id >= {from:Int64} ORDER BY id",
                  Map.of("from", MANY - 5),
                  new QuerySettings())
              .get()) {
        var reader = client.newBinaryFormatReader(answer);
        int count = 0;
        while (reader.next() != null) {
          assertThat(reader.getLong("id")).isEqualTo(MANY - 5 + count++);
        }
        assertThat(count).isEqualTo(5);
      }
    }
  }

  @Test
  void reportsWrittenRowsAndInsertErrors() throws Exception {
    createItems("written");
    try (Client client = client(true)) {
      try (var response =
          client
              .insert("written", new ByteArrayInputStream(rows(0, 7)), ClickHouseFormat.RowBinary)
              .get()) {
        assertThat(response.getWrittenRows()).isEqualTo(7);
      }
      assertThatThrownBy(() -> insert(client, "missing", rows(0, MANY), "x"))
          .satisfies(e -> assertThat(serverCode(e)).isEqualTo(60));
      byte[] cut = rows(0, 10);
      assertThatThrownBy(
              () -> insert(client, "written", java.util.Arrays.copyOf(cut, cut.length - 3), "y"))
          .satisfies(e -> assertThat(serverCode(e)).isPositive());
      assertThat(ask("SELECT count() FROM written")).isEqualTo("7");
    }
  }

  @Test
  void servesConnectionsAtTheSameTime() throws Exception {
    createItems("shared");
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Long>> work =
          java.util.stream.IntStream.range(0, 8)
              .<Callable<Long>>mapToObj(i ->
                  () -> {
                    try (Client client = client(i % 2 == 0)) {
                      insert(client, "shared", rows(i * 10_000, (i + 1) * 10_000), "t" + i);
                    }
                    return Long.parseLong(
                        ask("SELECT sum(number) FROM numbers(" + (1_000 + i) + ")"));
                  })
              .toList();
      for (Future<Long> done : threads.invokeAll(work)) {
        assertThat(done.get()).isPositive();
      }
    }
    assertThat(ask("SELECT count() || ' ' || uniqExact(id) FROM shared")).isEqualTo("80000 80000");
  }

  @Test
  void cancelStopsARunningStatement() throws Exception {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement();
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<?> running =
          thread.submit(() ->
              statement.executeQuery(
                  "SELECT count() FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number))"));
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (ask("SELECT count() FROM system.processes WHERE query LIKE '%sipHash64(number)%' AND query NOT LIKE '%system.processes%'")
              .equals("0")
          && System.nanoTime() < deadline) {
        Thread.sleep(50);
      }
      statement.cancel();
      assertThatThrownBy(() -> running.get(20, TimeUnit.SECONDS)).hasStackTraceContaining("394");
    }
  }

  @Test
  void replacingMergeTreeWithTombstones() throws SQLException {
    execute(
        "CREATE TABLE versions (id Int32, v UInt64, is_deleted UInt8) ENGINE = ReplacingMergeTree(v, is_deleted) ORDER BY id");
    execute("INSERT INTO versions VALUES (1, 1, 0), (2, 1, 0)");
    execute("INSERT INTO versions VALUES (1, 2, 1)");
    assertThat(ask("SELECT count() || ' ' || min(id) FROM versions FINAL")).isEqualTo("1 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wrong"})
  void refusesAWrongPassword(String password) throws Exception {
    HttpResponse<String> answer = post("SELECT 1", password);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("X-ClickHouse-Exception-Code")).contains("516");
    assertThat(answer.body()).doesNotContain(engine.password());
  }

  @Test
  void answersPlainHttp() throws Exception {
    assertThat(post("SELECT 1 FORMAT JSONCompactEachRow", engine.password()).body())
        .isEqualTo("[1]\n");
    assertThat(post("SELECT 'a', 2", engine.password()).body()).isEqualTo("a\t2\n");
    assertThat(post("SELECT timezone()", engine.password()).body()).isEqualTo("UTC\n");
    try (HttpClient http = HttpClient.newHttpClient()) {
      var ping = HttpRequest.newBuilder(uri("/ping")).build();
      assertThat(http.send(ping, HttpResponse.BodyHandlers.ofString()).body()).isEqualTo("Ok.\n");
    }
  }

  private static HttpResponse<String> post(String sql, String password) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(uri("/"))
              .header("X-ClickHouse-User", "default")
              .header("X-ClickHouse-Key", password)
              .POST(HttpRequest.BodyPublishers.ofString(sql))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + engine.port() + path);
  }

  private static Client client(boolean compressed) {
    return new Client.Builder()
        .addEndpoint("http://127.0.0.1:" + engine.port())
        .setUsername(engine.username())
        .setPassword(engine.password())
        .setDefaultDatabase("etl")
        .compressClientRequest(compressed)
        .compressServerResponse(compressed)
        .build();
  }

  private static void insert(Client client, String table, byte[] rows, String token)
      throws Exception {
    InsertSettings settings = new InsertSettings().setDeduplicationToken(token);
    client
        .insert(table, new ByteArrayInputStream(rows), ClickHouseFormat.RowBinary, settings)
        .get()
        .close();
  }

  private static byte[] rows(int from, int to) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = from; i < to; i++) {
      byte[] name = ("Zoë " + i).getBytes(StandardCharsets.UTF_8);
      ByteBuffer row = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
      row.putLong(i).put((byte) name.length).put(name).putLong(i % 2 == 0 ? 100 : 200);
      row.putLong(1_700_000_000L).put((byte) 1);
      out.write(row.array(), 0, row.position());
    }
    return out.toByteArray();
  }
}
