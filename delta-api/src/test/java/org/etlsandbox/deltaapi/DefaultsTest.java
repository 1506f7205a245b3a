package org.etlsandbox.deltaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Defaults of every kind, from both servers that Jupiter may be: MariaDB shows them otherwise. */
class DefaultsTest {

  private static final String TABLE =
      """
      CREATE TABLE defaults (
        id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
        small tinyint NOT NULL DEFAULT -5,
        big bigint unsigned NOT NULL DEFAULT 18446744073709551615,
        price decimal(20,4) DEFAULT 1234567890123456.7,
        ratio double DEFAULT 1.5,
        flag bit(1) DEFAULT b'1',
        bits bit(10) DEFAULT b'101',
        word varchar(20) NOT NULL DEFAULT 'it''s',
        blank varchar(20) NOT NULL DEFAULT '',
        nothing varchar(20) DEFAULT NULL,
        null_word varchar(20) DEFAULT 'NULL',
        current_word varchar(20) DEFAULT 'CURRENT_TIMESTAMP',
        code char(3) DEFAULT 'abc',
        day date DEFAULT '2005-05-24',
        clock datetime(3) DEFAULT '2005-05-24 22:53:30.120',
        moment timestamp(6) NULL DEFAULT '2005-04-03 02:30:00.123456',
        span time DEFAULT '100:00:01',
        made datetime(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
        stamped timestamp NULL DEFAULT CURRENT_TIMESTAMP,
        rated enum('G','PG') DEFAULT 'PG',
        chosen set('a','b','c') DEFAULT 'a,c',
        made_in year DEFAULT 2005,
        computed varchar(40) DEFAULT (concat('a', 'b')),
        doubled int GENERATED ALWAYS AS (small * 2) VIRTUAL,
        raw binary(2) DEFAULT 'ab'
      )
      """;

  private static Databases databases;
  private static RunningDdl api;

  @BeforeAll
  static void start() {
    databases =
        new Databases()
            .with("mars", TestEngines.mariaDb())
            .with("neptune", TestEngines.postgreSql())
            .with("clickhouse", TestEngines.clickHouse())
            .with("venus", TestEngines.mySql())
            .with("jupiter", TestEngines.mySql());
    api = RunningDdl.of(databases.bySource());
    databases.of("mars").execute(TABLE);
    databases.of("jupiter").execute(TABLE);
  }

  @AfterAll
  static void stop() {
    api.close();
    databases.close();
  }

  @Test
  void ofMySqlAsPostgreSqlHasThem() {
    isPostgreSqls("jupiter");
  }

  @Test
  void ofMariaDbAsPostgreSqlHasThem() {
    isPostgreSqls("mars");
  }

  private static void isPostgreSqls(String source) {
    JsonNode definition =
        api.definition(source, databases.schema(source), "defaults", "postgresql");
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("small", "-5");
    expected.put("big", "18446744073709551615");
    expected.put("price", "1234567890123456.7000");
    expected.put("ratio", "1.5");
    expected.put("flag", "true");
    expected.put("bits", "B'0000000101'");
    expected.put("word", "'it''s'");
    expected.put("blank", "''");
    expected.put("null_word", "'NULL'");
    expected.put("current_word", "'CURRENT_TIMESTAMP'");
    expected.put("code", "'abc'");
    expected.put("day", "'2005-05-24'");
    expected.put("clock", "'2005-05-24 22:53:30.120'");
    expected.put("span", "'100:00:01'");
    expected.put("made", "LOCALTIMESTAMP(3)");
    expected.put("stamped", "CURRENT_TIMESTAMP(0)");
    expected.put("rated", "'PG'");
    expected.put("chosen", "'a,c'");
    expected.put("made_in", "2005");
    Map<String, String> actual = new LinkedHashMap<>();
    RunningDdl.columns(definition)
        .forEach((name, column) -> {
          if (!column.get("defaultValue").isNull() && !name.equals("moment")) {
            actual.put(name, column.get("defaultValue").asString());
          }
        });
    assertThat(actual).isEqualTo(expected);
    assertThat(RunningDdl.columns(definition).get("moment").get("defaultValue").asString())
        .matches("'2005-04-0[234] \\d\\d:30:00.123456\\+00'");
    assertThat(definition.get("notes").toString())
        .contains("computed: Its default is left out: ", " is no constant.")
        .contains("raw: Its default is left out: ")
        .contains("made: ON UPDATE CURRENT_TIMESTAMP is not carried over")
        .contains("doubled: The column is generated from others in the source");
  }

  @Test
  void areTheSameEverywhereWhenReadBack() {
    RoundTrip roundTrip = new RoundTrip(api, databases);
    roundTrip.run("jupiter", "defaults", "neptune", "postgresql");
    roundTrip.run("jupiter", "defaults", "clickhouse", "clickhouse");
    roundTrip.run("jupiter", "defaults", "venus", "mysql");
  }

  /** What PostgreSQL makes of the defaults of a row is what MySQL makes of them. */
  @Test
  void giveTheValuesThatTheSourceGives() throws Exception {
    databases.of("neptune").execute("DROP TABLE IF EXISTS defaults");
    databases
        .of("neptune")
        .execute(
            api.definition("jupiter", databases.schema("jupiter"), "defaults", "postgresql")
                .get("sql")
                .asString());
    databases.of("neptune").execute("INSERT INTO defaults (id) VALUES (1)");
    databases.of("jupiter").execute("INSERT INTO defaults (id) VALUES (1)");
    String columns =
        "small, big, price, ratio, word, blank, nothing, null_word, current_word, code, day, clock, rated, chosen, made_in";
    assertThat(row("neptune", columns)).isEqualTo(row("jupiter", columns));
  }

  private static List<String> row(String source, String columns) throws Exception {
    try (var connection = databases.of(source).connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT " + columns + " FROM defaults")) {
      assertThat(row.next()).isTrue();
      List<String> values = new ArrayList<>();
      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
        String name = row.getMetaData().getColumnLabel(i);
        String value =
            switch (name) {
              case "day" -> row.getObject(i, LocalDate.class).toString();
              case "clock" -> row.getObject(i, LocalDateTime.class).toString();
              case "made_in" -> Integer.toString(row.getInt(i));
              default -> String.valueOf(row.getString(i));
            };
        values.add(name + "=" + value);
      }
      return values;
    }
  }
}
