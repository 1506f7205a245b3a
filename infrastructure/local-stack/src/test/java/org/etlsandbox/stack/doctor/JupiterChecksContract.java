package org.etlsandbox.stack.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.abort;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.EngineUnavailableException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the doctor sees in a real Jupiter; a leaf names the engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JupiterChecksContract {

  private static final String DATABASE = "clinic";
  private static final String THIN_PASSWORD = "s3cret";

  private Engine engine;

  abstract Engine start(EngineOptions options);

  /** How the engine's version is shown. */
  abstract String version();

  @BeforeAll
  void startEngine() {
    try {
      engine = start(EngineOptions.temporary());
    } catch (EngineUnavailableException e) {
      abort(e.getMessage());
    }
  }

  @AfterAll
  void stopEngine() {
    if (engine != null) {
      engine.close();
    }
  }

  @BeforeEach
  void createSakila() throws SQLException {
    execute(
        "DROP DATABASE IF EXISTS clinic",
        "CREATE DATABASE clinic",
        "DROP USER IF EXISTS thin",
        "CREATE USER thin IDENTIFIED BY '" + THIN_PASSWORD + "'",
        """
        CREATE TABLE clinic.rental (
          rental_id INT PRIMARY KEY, rental_date DATETIME, inventory_id INT, customer_id INT,
          return_date DATETIME, last_update TIMESTAMP NULL, INDEX rental_last_update (last_update))
        """,
        """
        CREATE TABLE clinic.payment (
          payment_id INT PRIMARY KEY, rental_id INT, amount DECIMAL(5,2), last_update TIMESTAMP NULL,
          INDEX payment_last_update (last_update, payment_id))
        """,
        """
        CREATE TABLE clinic.customer (
          customer_id INT PRIMARY KEY, first_name VARCHAR(45), last_name VARCHAR(45),
          last_update TIMESTAMP NULL, INDEX customer_last_update (last_update))
        """,
        """
        CREATE TABLE clinic.inventory (
          inventory_id INT PRIMARY KEY, film_id INT, last_update TIMESTAMP NULL,
          INDEX inventory_last_update (last_update))
        """,
        """
        CREATE TABLE clinic.film (
          film_id INT PRIMARY KEY, title VARCHAR(128), last_update TIMESTAMP NULL,
          INDEX film_last_update (last_update))
        """,
        """
        CREATE TABLE clinic.film_category (
          film_id INT, category_id INT, last_update TIMESTAMP NULL,
          PRIMARY KEY (film_id, category_id), INDEX film_category_last_update (last_update))
        """,
        """
        CREATE TABLE clinic.category (
          category_id INT PRIMARY KEY, name VARCHAR(25), last_update TIMESTAMP NULL,
          INDEX category_last_update (last_update))
        """);
  }

  @Test
  void aCompleteJupiterIsAllWell() {
    List<Finding> findings = look();

    assertThat(findings).extracting(Finding::severity).containsOnly(Severity.OK);
    assertThat(message(findings, "jupiter version")).contains(version());
    assertThat(message(findings, "jupiter replica")).isEqualTo("not a replica");
    assertThat(message(findings, "jupiter transactions")).isEqualTo("none is open");
  }

  @Test
  void aMissingIndexIsAWarningWithTheStatementThatCreatesIt() throws SQLException {
    execute(
        "DROP INDEX payment_last_update ON clinic.payment",
        // not enough: last_update comes second
        "CREATE INDEX second ON clinic.payment (rental_id, last_update)");

    assertThat(wrong(look()))
        .containsExactly(
            Finding.warn(
                "jupiter index",
                "payment has no index on last_update: a poll reads all of it, so rarely",
                "CREATE INDEX idx_last_update ON payment (last_update);"));
    execute("CREATE INDEX payment_last_update ON clinic.payment (last_update)");
    assertThat(wrong(look())).isEmpty();
  }

  @Test
  void aMissingTableAndMissingColumnsAreNamed() throws SQLException {
    execute(
        "DROP TABLE clinic.film_category",
        "ALTER TABLE clinic.film DROP COLUMN title, DROP COLUMN last_update");

    assertThat(wrong(look()))
        .extracting(Finding::severity, Finding::message)
        .containsExactly(
            tuple(Severity.FAIL, "table film lacks title, last_update"),
            tuple(Severity.FAIL, "table film_category is missing"));
  }

  @Test
  void missingPrivilegesAreNamedWithWhatToGrant() throws SQLException {
    execute(
        "GRANT SELECT (rental_id, rental_date) ON clinic.rental TO thin",
        "GRANT SELECT ON clinic.film TO thin");

    List<Finding> findings = look("thin", THIN_PASSWORD, DATABASE);

    assertThat(findings)
        .contains(
            Finding.fail(
                "jupiter tables",
                "not all columns of table rental may be read: inventory_id, customer_id,"
                    + " return_date, last_update",
                "GRANT SELECT ON rental to the account"),
            Finding.fail(
                "jupiter tables",
                "table payment is missing, or may not be read",
                "GRANT SELECT ON payment to the account"),
            Finding.warn(
                "jupiter privileges",
                "PROCESS is missing: polls cannot see open transactions and stay"
                    + " etl.poll.commit-lag behind",
                "GRANT PROCESS ON *.* TO 'thin'@'%';"))
        .noneMatch(finding -> finding.message().contains("table film "));
  }

  @Test
  void anOpenTransactionIsSeen() throws SQLException, InterruptedException {
    try (Connection writer =
            DriverManager.getConnection(
                engine.jdbcUrl(DATABASE), engine.username(), engine.password());
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("INSERT INTO category VALUES (1, 'Drama', NOW())");

      // innodb_trx is a cache, renewed only after 100 ms without a reader
      Thread.sleep(200);
      assertThat(message(look(), "jupiter transactions")).matches("1 open, the oldest for [0-9] s");
      writer.rollback();
    }
  }

  @Test
  void aWrongPasswordAndAnUnknownDatabaseAreToldApart() {
    assertThat(look("thin", "wrong", DATABASE))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.severity()).isEqualTo(Severity.FAIL);
          assertThat(finding.message())
              .contains("refuses user or password (JUPITER_USERNAME is 'thin'")
              .doesNotContain("wrong");
        });
    assertThat(look(engine.username(), engine.password(), "nowhere"))
        .singleElement()
        .satisfies(finding ->
            assertThat(finding.message())
                .isEqualTo("no such database: 127.0.0.1:" + engine.port() + "/nowhere"));
  }

  @Test
  void saysWhyThereIsNoSecureConnection() {
    String url = engine.jdbcUrl(DATABASE).replaceFirst("\\?.*", "");
    assertThat(
            new JupiterChecks(
                    Map.of(
                        "JUPITER_URL", url,
                        "JUPITER_USERNAME", engine.username(),
                        "JUPITER_PASSWORD", engine.password()))
                .run())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.severity()).isEqualTo(Severity.FAIL);
          assertThat(finding.message()).contains("no secure connection: ", whyInsecure());
          assertThat(finding.todo()).contains("ETL_TLS_");
        });
  }

  /** What is wrong with the TLS of the engine. */
  abstract String whyInsecure();

  private List<Finding> look() {
    return look(engine.username(), engine.password(), DATABASE);
  }

  private List<Finding> look(String username, String password, String database) {
    Map<String, String> environment = new HashMap<>();
    environment.put("JUPITER_URL", engine.jdbcUrl(database));
    environment.put("JUPITER_USERNAME", username);
    environment.put("JUPITER_PASSWORD", password);
    return new JupiterChecks(environment).run();
  }

  private static List<Finding> wrong(List<Finding> findings) {
    return findings.stream().filter(finding -> finding.severity() != Severity.OK).toList();
  }

  private static String message(List<Finding> findings, String subject) {
    return findings.stream()
        .filter(finding -> finding.subject().equals(subject))
        .map(Finding::message)
        .findFirst()
        .orElse("no finding about " + subject + " in " + findings);
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(engine.jdbcUrl(), engine.username(), engine.password());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
