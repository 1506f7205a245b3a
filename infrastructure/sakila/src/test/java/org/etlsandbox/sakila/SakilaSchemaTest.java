package org.etlsandbox.sakila;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SakilaSchemaTest {

  // MariaDB still prints display widths of integers, MySQL 8 does not.
  private static final String COLUMNS =
      """
      SELECT CONCAT(table_name, '.', column_name, ' ',
                    REGEXP_REPLACE(column_type, 'int[(][0-9]+[)]', 'int'),
                    IF(is_nullable = 'YES', ' null', ''))
        FROM information_schema.columns
       WHERE table_schema = DATABASE()
      """;

  @ParameterizedTest
  @EnumSource
  void hasTheTypesOfSakila(TestServer server) throws SQLException {
    try (TestDatabase database = TestDatabase.withSchema(server, "sakila_schema", false)) {
      assertThat(database.strings(COLUMNS))
          .contains(
              "rental.rental_id int",
              "rental.rental_date datetime",
              "rental.inventory_id mediumint unsigned",
              "rental.customer_id smallint unsigned",
              "rental.return_date datetime null",
              "rental.last_update timestamp",
              "payment.payment_id smallint unsigned",
              "payment.rental_id int null",
              "payment.amount decimal(5,2)",
              "payment.last_update timestamp null",
              "customer.first_name varchar(45)",
              "customer.active tinyint",
              "customer.last_update timestamp null",
              "film.film_id smallint unsigned",
              "film.title varchar(128)",
              server == TestServer.MYSQL
                  ? "film.release_year year null"
                  : "film.release_year year(4) null",
              "film.rating enum('G','PG','PG-13','R','NC-17') null",
              "film.special_features set('Trailers','Commentaries','Deleted Scenes',"
                  + "'Behind the Scenes') null",
              "film_category.category_id tinyint unsigned",
              "category.name varchar(25)",
              "language.name char(20)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void hasTheKeysOfSakila(TestServer server) throws SQLException {
    try (TestDatabase database = TestDatabase.withSchema(server, "sakila_keys", false)) {
      assertThat(
              database.strings(
                  """
                  SELECT CONCAT(constraint_name, ' ', delete_rule, '/', update_rule)
                    FROM information_schema.referential_constraints
                   WHERE constraint_schema = DATABASE()
                   ORDER BY constraint_name
                  """))
          .hasSize(20)
          .contains("fk_payment_rental SET NULL/CASCADE", "fk_rental_customer RESTRICT/CASCADE");
      assertThat(
              database.strings(
                  """
                  SELECT column_name
                    FROM information_schema.statistics
                   WHERE table_schema = DATABASE() AND table_name = 'rental' AND non_unique = 0
                     AND index_name = 'rental_date'
                   ORDER BY seq_in_index
                  """))
          .containsExactly("rental_date", "inventory_id", "customer_id");
      assertThat(database.number(automaticLastUpdates())).isEqualTo(SakilaSchema.tables().size());
    }
  }

  private static String automaticLastUpdates() {
    return """
    SELECT COUNT(*)
      FROM information_schema.columns
     WHERE table_schema = DATABASE() AND column_name = 'last_update'
       AND extra LIKE '%on update current_timestamp%'
    """;
  }

  @ParameterizedTest
  @EnumSource
  void addsIndexesOnLastUpdateOnlyWhenAsked(TestServer server) throws SQLException {
    String indexed =
        """
        SELECT table_name AS indexed
          FROM information_schema.statistics
         WHERE table_schema = DATABASE() AND index_name = 'idx_last_update'
        """;
    try (TestDatabase plain = TestDatabase.withSchema(server, "sakila_plain", false);
        TestDatabase polled = TestDatabase.withSchema(server, "sakila_polled", true)) {
      assertThat(plain.strings(indexed)).isEmpty();
      assertThat(polled.strings(indexed))
          .containsExactlyInAnyOrderElementsOf(SakilaSchema.joinedTables());
    }
  }

  @Test
  void refusesADatabaseThatHasOneOfItsTables() throws SQLException {
    try (TestDatabase database = TestDatabase.empty("sakila_taken");
        Connection c = database.source().getConnection()) {
      database.execute("CREATE TABLE rental (rental_id INT)");
      assertThatThrownBy(() -> SakilaSchema.create(c, false))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("'sakila_taken' already has [rental]");
      assertThat(database.strings("SHOW TABLES")).containsExactly("rental");
    }
  }
}
