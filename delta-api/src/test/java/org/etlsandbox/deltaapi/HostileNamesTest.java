package org.etlsandbox.deltaapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Names and texts that would be SQL if anything were not quoted, on real servers. */
class HostileNamesTest {

  private static final String CANARY = "canary";

  private static Databases databases;
  private static RunningDdl api;

  @BeforeAll
  static void start() {
    databases =
        new Databases()
            .with("jupiter", TestEngines.mySql())
            .with("neptune", TestEngines.postgreSql())
            .with("clickhouse", TestEngines.clickHouse())
            .with("venus", TestEngines.mySql())
            .with("mars", TestEngines.postgreSql());
    api = RunningDdl.of(databases.bySource());
    databases.of("neptune").execute("CREATE TABLE canary (id int)");
    databases.of("venus").execute("CREATE TABLE canary (id int)");
    databases
        .of("clickhouse")
        .execute("CREATE TABLE canary (id Int32) ENGINE = MergeTree ORDER BY id");
  }

  @AfterAll
  static void stop() {
    api.close();
    databases.close();
  }

  private static final String TABLE = "it's a \"table\"` (x int) DROP TABLE canary --";

  private static final List<String> NAMES =
      List.of(
          "select",
          "order by",
          "a\"b",
          "a`b",
          "a'b",
          "a]b[",
          "a\\b",
          "a\\",
          "a\nb",
          "a;b",
          "größe",
          "数量",
          "x) ENGINE = Log; --",
          "x\" int); DROP TABLE canary; --",
          "x` int); DROP TABLE canary; --",
          "a,b",
          " a",
          "-- a",
          "/* a",
          "$1 ? {x:String} :y %s");

  private static final String TEXT =
      "it's \\ \"a\" `b` ]c[ \\' \n -- \n /* */ ; DROP TABLE canary; -- ${x} %s ⚠";

  @Test
  void aNameThatCannotStandInAPathIsRefused() {
    for (String name : List.of("a;b", "a/b", "a\\b", "a%b", "a\nb")) {
      assertThat(
              api.get(RunningDdl.path("jupiter", "sakila", name), "dialect", "clickhouse").status())
          .as(name)
          .isEqualTo(400);
    }
  }

  @Test
  void fromMySql() {
    createOnMySql(databases);

    RoundTrip roundTrip = new RoundTrip(api, databases);
    roundTrip.run("jupiter", TABLE, "neptune", "postgresql");
    roundTrip.run("jupiter", TABLE, "clickhouse", "clickhouse");
    canariesLive();

    JsonNode there = api.definition("neptune", "public", TABLE, "postgresql");
    assertThat(RunningDdl.columns(there).keySet()).containsAll(NAMES);
    JsonNode canary = RunningDdl.columns(there).get("a'b");
    assertThat(canary.get("comment").asString()).isEqualTo(TEXT);
    assertThat(RunningDdl.texts(there.get("primaryKey"))).containsExactly("a`b", "a\"b");
  }

  @Test
  void fromMySqlToSqlServer() {
    try (Databases both =
            new Databases()
                .with("mars", TestEngines.sqlServer())
                .with("jupiter", TestEngines.mySql());
        RunningDdl own = RunningDdl.of(both.bySource())) {
      assumeThat(both.of("mars").engine())
          .as("Babelfish takes no ']' in a name and folds letter case")
          .doesNotStartWith("Babelfish");
      createOnMySql(both);
      both.of("mars").execute("CREATE TABLE canary (id int)");

      new RoundTrip(own, both).run("jupiter", TABLE, "mars", "sqlserver");

      assertThat(own.get("/mars").body()).contains("\"" + CANARY + "\"");
    }
  }

  private static void createOnMySql(Databases databases) {
    StringBuilder sql = new StringBuilder("CREATE TABLE " + mySql(TABLE) + " (");
    for (String name : NAMES) {
      sql.append(mySql(name))
          .append(" varchar(200) NOT NULL DEFAULT ")
          .append(mySqlText(TEXT))
          .append(" COMMENT ")
          .append(mySqlText(TEXT))
          .append(", ");
    }
    sql.append("`e``1` enum('it''s','back\\\\slash','a,b','') DEFAULT 'it''s',")
        .append("`s\"1` set('it''s','back\\\\slash'),")
        .append("PRIMARY KEY (`a``b`(20), `a\"b`(20))) DEFAULT CHARACTER SET utf8mb4 COMMENT ")
        .append(mySqlText(TEXT));
    databases.of("jupiter").execute(sql.toString());
  }

  @Test
  void fromPostgreSql() {
    StringBuilder sql = new StringBuilder("CREATE TABLE " + postgreSql(TABLE) + " (");
    for (String name : NAMES) {
      sql.append(postgreSql(name))
          .append(" varchar(200) NOT NULL DEFAULT ")
          .append(postgreSqlText(TEXT))
          .append(", ");
    }
    sql.append("PRIMARY KEY (\"a'b\"));");
    for (String name : NAMES) {
      sql.append(
          "COMMENT ON COLUMN %s.%s IS %s;"
              .formatted(postgreSql(TABLE), postgreSql(name), postgreSqlText(TEXT)));
    }
    databases.of("mars").execute(sql.toString());

    new RoundTrip(api, databases).run("mars", TABLE, "venus", "mysql");
    canariesLive();
    assertThat(
            RunningDdl.columns(api.definition("venus", databases.schema("venus"), TABLE, "mysql"))
                .keySet())
        .containsExactlyElementsOf(NAMES);
  }

  @Test
  void charactersThatMySqlsCatalogueHidesAreNotGuessed() {
    databases
        .of("jupiter")
        .execute(
            "CREATE TABLE hidden (id int, text varchar(9) DEFAULT '🎬') DEFAULT CHARSET utf8mb4");
    JsonNode hidden =
        api.definition("jupiter", databases.schema("jupiter"), "hidden", "postgresql");
    assertThat(RunningDdl.columns(hidden).get("text").get("defaultValue").isNull()).isTrue();
    assertThat(hidden.get("notes").toString()).contains("text: ", "Its default is left out: ");

    databases
        .of("jupiter")
        .execute("CREATE TABLE hidden_value (id int, e enum('a','🎬')) DEFAULT CHARSET utf8mb4");
    assertThat(refused("jupiter", databases.schema("jupiter"), "hidden_value", "postgresql"))
        .containsExactly("e");
  }

  @Test
  void everyCharacterReachesPostgreSqlAndClickHouseAndMySqlsCommentsSayWhatTheyLose() {
    databases
        .of("mars")
        .execute(
            "CREATE TABLE film_roll (id int PRIMARY KEY, \"🎬\" varchar(9) DEFAULT '🎬'); COMMENT ON COLUMN film_roll.id IS 'a 🎬'");
    RoundTrip roundTrip = new RoundTrip(api, databases);
    roundTrip.run("mars", "film_roll", "neptune", "postgresql");
    roundTrip.run("mars", "film_roll", "clickhouse", "clickhouse");

    databases.of("mars").execute("ALTER TABLE film_roll DROP COLUMN \"🎬\"");
    roundTrip.run("mars", "film_roll", "venus", "mysql");
    assertThat(api.definition("mars", "public", "film_roll", "mysql").get("notes").toString())
        .contains("id: The comment loses characters");
  }

  @Test
  void theTextForAPromptHasNothingOfANoteOutsideItsComment() {
    databases
        .of("jupiter")
        .execute("CREATE TABLE noted (`a\nDROP TABLE canary; --` int NOT NULL AUTO_INCREMENT KEY)");
    String text =
        api.getAs(
                "text/plain",
                RunningDdl.path("jupiter", databases.schema("jupiter"), "noted"),
                "dialect",
                "postgresql")
            .body();
    assertThat(text.lines().filter(line -> line.startsWith("--")))
        .containsExactly(
            "-- a DROP TABLE canary; --: AUTO_INCREMENT is not carried over: a copy is given its ids.");
    assertThat(text.lines().filter(line -> !line.startsWith("--")))
        .containsExactly(
            "CREATE TABLE \"noted\" (",
            "  \"a",
            "DROP TABLE canary; --\" integer NOT NULL,",
            "  PRIMARY KEY (\"a",
            "DROP TABLE canary; --\")",
            ")");
  }

  @Test
  void namesThatAProductDoesNotTakeAreRefused() {
    databases
        .of("mars")
        .execute(
            "CREATE TABLE names (\"A\" int, a int, \"b \" int, \"🎬\" int, \"%s\" int)"
                .formatted("ä".repeat(31)));
    assertThat(refused("mars", "public", "names", "mysql")).containsExactly("a", "b ", "🎬");
    assertThat(refused("mars", "public", "names", "sqlserver")).containsExactly("a");

    String tooLong = "ä".repeat(32);
    databases.of("jupiter").execute("CREATE TABLE long_names (%s int)".formatted(tooLong));
    assertThat(refused("jupiter", databases.schema("jupiter"), "long_names", "postgresql"))
        .containsExactly(tooLong);
  }

  private static List<String> refused(String source, String schema, String table, String dialect) {
    RunningDdl.Answer answer = api.get(RunningDdl.path(source, schema, table), "dialect", dialect);
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    return answer
        .json()
        .get("refused")
        .valueStream()
        .map(one -> one.get("column").asString())
        .toList();
  }

  private static void canariesLive() {
    for (String source : List.of("neptune", "venus", "clickhouse")) {
      assertThat(api.get("/" + source).body()).contains("\"" + CANARY + "\"");
    }
  }

  private static String mySql(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static String mySqlText(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private static String postgreSql(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private static String postgreSqlText(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
