package org.etlsandbox.deltaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.etlsandbox.sakila.SakilaSchema;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.databind.JsonNode;

/** All of Sakila, from both servers that Jupiter may be, to every destination. */
class SakilaRoundTripTest {

  // What the suite does not read, and its schema therefore leaves out
  private static final List<String> THE_REST =
      List.of(
          """
          CREATE TABLE actor (
            actor_id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
            first_name VARCHAR(45) NOT NULL,
            last_name VARCHAR(45) NOT NULL,
            last_update TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
            PRIMARY KEY (actor_id)
          ) COMMENT 'who plays'
          """,
          """
          CREATE TABLE film_actor (
            actor_id SMALLINT UNSIGNED NOT NULL,
            film_id SMALLINT UNSIGNED NOT NULL,
            last_update TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
            PRIMARY KEY (actor_id, film_id)
          )
          """,
          """
          CREATE TABLE film_text (
            film_id SMALLINT UNSIGNED NOT NULL,
            title VARCHAR(255) NOT NULL,
            description TEXT,
            PRIMARY KEY (film_id)
          )
          """);

  @Test
  void fromMySql(TestReporter reporter) throws SQLException {
    roundTrips(TestEngines.mySql(), reporter);
  }

  @Test
  void fromMariaDb(TestReporter reporter) throws SQLException {
    roundTrips(TestEngines.mariaDb(), reporter);
  }

  @Test
  void toSqlServer(TestReporter reporter) throws SQLException {
    try (Databases databases =
            new Databases()
                .with("mars", TestEngines.sqlServer())
                .with("jupiter", TestEngines.mySql());
        RunningDdl api = RunningDdl.of(databases.bySource())) {
      reporter.publishEntry(EngineReport.ENGINE_ENTRY, databases.of("mars").engine());
      for (String table : createSakila(databases)) {
        // Babelfish shows a CHECK in PostgreSQL's words, so film's rating is not known again
        boolean known = !databases.of("mars").engine().startsWith("Babelfish");
        if (known || !table.equals("film")) {
          new RoundTrip(api, databases).run("jupiter", table, "mars", "sqlserver");
        }
      }
    }
  }

  private static void roundTrips(EngineUnderTest jupiter, TestReporter reporter)
      throws SQLException {
    try (Databases databases =
            new Databases()
                .with("jupiter", jupiter)
                .with("neptune", TestEngines.postgreSql())
                .with("clickhouse", TestEngines.clickHouse())
                .with("venus", TestEngines.mySql());
        RunningDdl api = RunningDdl.of(databases.bySource())) {
      reporter.publishEntry(EngineReport.ENGINE_ENTRY, databases.of("jupiter").engine());
      List<String> tables = createSakila(databases);

      RoundTrip roundTrip = new RoundTrip(api, databases);
      for (String table : tables) {
        roundTrip.run("jupiter", table, "neptune", "postgresql");
        roundTrip.run("jupiter", table, "clickhouse", "clickhouse");
        roundTrip.run("jupiter", table, "venus", "mysql");
      }
      filmIsWhatItShallBe(api, databases);
      theLocationOfAnAddressIsRefused(api, databases);
    }
  }

  private static List<String> createSakila(Databases databases) throws SQLException {
    try (Connection connection = databases.of("jupiter").connect()) {
      SakilaSchema.create(connection, true);
    }
    THE_REST.forEach(databases.of("jupiter")::execute);
    List<String> tables = new ArrayList<>(SakilaSchema.tables());
    tables.addAll(List.of("actor", "film_actor", "film_text"));
    return tables;
  }

  private static void filmIsWhatItShallBe(RunningDdl api, Databases databases) {
    JsonNode film = api.definition("jupiter", databases.schema("jupiter"), "film", "postgresql");
    assertThat(film.get("sql").asString())
        .isEqualTo(
            """
            CREATE TABLE "film" (
              "film_id" integer NOT NULL,
              "title" varchar(128) NOT NULL,
              "description" text,
              "release_year" smallint,
              "language_id" smallint NOT NULL,
              "original_language_id" smallint,
              "rental_duration" smallint DEFAULT 3 NOT NULL,
              "rental_rate" numeric(4,2) DEFAULT 4.99 NOT NULL,
              "length" integer,
              "replacement_cost" numeric(5,2) DEFAULT 19.99 NOT NULL,
              "rating" text DEFAULT 'G' CHECK ("rating" IN ('G', 'PG', 'PG-13', 'R', 'NC-17')),
              "special_features" text CHECK (string_to_array("special_features", ',') <@ ARRAY['Trailers', 'Commentaries', 'Deleted Scenes', 'Behind the Scenes']),
              "last_update" timestamptz(0) DEFAULT CURRENT_TIMESTAMP(0) NOT NULL,
              PRIMARY KEY ("film_id")
            )\
            """);
    assertThat(RunningDdl.texts(film.get("notes")))
        .contains(
            "film_id: AUTO_INCREMENT is not carried over: a copy is given its ids.",
            "last_update: ON UPDATE CURRENT_TIMESTAMP is not carried over: a copy is given its values.");
    assertThat(
            api.definition("jupiter", databases.schema("jupiter"), "film", "clickhouse")
                .get("sql")
                .asString())
        .isEqualTo(
            """
            CREATE TABLE `film` (
              `film_id` UInt16,
              `title` String,
              `description` Nullable(String),
              `release_year` Nullable(UInt16),
              `language_id` UInt8,
              `original_language_id` Nullable(UInt8),
              `rental_duration` UInt8 DEFAULT 3,
              `rental_rate` Decimal(4, 2) DEFAULT '4.99',
              `length` Nullable(UInt16),
              `replacement_cost` Decimal(5, 2) DEFAULT '19.99',
              `rating` Nullable(Enum8('G' = 1, 'PG' = 2, 'PG-13' = 3, 'R' = 4, 'NC-17' = 5)) DEFAULT 'G',
              `special_features` Nullable(String),
              `last_update` DateTime64(0, 'UTC') DEFAULT now64(0, 'UTC')
            )
            ENGINE = MergeTree
            ORDER BY (`film_id`)\
            """);
  }

  private static void theLocationOfAnAddressIsRefused(RunningDdl api, Databases databases) {
    databases.of("jupiter").execute("ALTER TABLE address ADD location GEOMETRY");
    for (String dialect : List.of("clickhouse", "postgresql", "sqlserver", "mysql")) {
      RunningDdl.Answer answer =
          api.get(
              RunningDdl.path("jupiter", databases.schema("jupiter"), "address"),
              "dialect",
              dialect);
      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.json().get("column").asString()).isEqualTo("location");
      assertThat(answer.json().get("type").asString()).isEqualTo("geometry");
      assertThat(answer.json().get("detail").asString())
          .startsWith("Column 'location' (geometry): ");
    }
  }
}
