package org.etlsandbox.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/**
 * What of the schema no other server than SQL Server acts upon.
 *
 * @see <a href="https://learn.microsoft.com/sql/t-sql/statements/create-index-transact-sql">Page
 *     locks</a>
 * @see <a href="https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql">Lock
 *     escalation</a>
 */
class MigrationTest {
  private static final String BIN2 = " COLLATE Latin1_General_100_BIN2 NOT NULL";

  static String script() {
    String name = "migration/V1__customer_order_flat.sql";
    try (InputStream in = Statements.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private static String withoutComments() {
    return GoldenFile.onOneLine(script().replaceAll("(?m)^ *--.*$", ""));
  }

  @Test
  void everyColumnHoldsWhatJupiterHas() {
    assertThat(TableColumns.of(script()).columns())
        .hasSize(13)
        .containsEntry("rental_id", "bigint NOT NULL")
        .containsEntry("payment_id", "bigint NOT NULL")
        .containsEntry("category_id", "bigint NOT NULL")
        .containsEntry("customer_id", "bigint NOT NULL")
        .containsEntry("customer_name", "nvarchar(182)" + BIN2)
        .containsEntry("film_id", "bigint NOT NULL")
        .containsEntry("film_title", "nvarchar(510)" + BIN2)
        .containsEntry("category", "nvarchar(50)" + BIN2)
        .containsEntry("amount", "decimal(10, 2) NOT NULL")
        .containsEntry("rental_date", "datetime2(0) NOT NULL")
        .containsEntry("return_date", "datetime2(0) NULL")
        .containsEntry("row_version", "bigint NOT NULL")
        .containsEntry("is_deleted", "bit NOT NULL CONSTRAINT customer_order_flat_live DEFAULT 0");
  }

  @Test
  void rowsLieInTheOrderInWhichTheyComeAndAreAskedFor() {
    assertThat(withoutComments())
        .contains(
            "PRIMARY KEY CLUSTERED (%s) WITH (ALLOW_PAGE_LOCKS = OFF)"
                .formatted(String.join(", ", BulkCopy.KEY)));
    assertThat(new ArrayList<>(TableColumns.of(script()).columns().keySet()).subList(0, 3))
        .isEqualTo(BulkCopy.KEY);
  }

  /** On a page, or in an escalated lock, meet scopes that share no row. */
  @Test
  void noLockIsWiderThanARow() {
    assertThat(withoutComments())
        .contains(
            "ALTER TABLE customer_order_flat SET (LOCK_ESCALATION = DISABLE);",
            "CREATE INDEX customer_order_flat_payment ON customer_order_flat (payment_id) INCLUDE (is_deleted) WITH (ALLOW_PAGE_LOCKS = OFF);");
    assertThat(withoutComments().split("ALLOW_PAGE_LOCKS = OFF", -1)).as("two indexes").hasSize(3);
    assertThat(withoutComments().split("CREATE (UNIQUE )?(CLUSTERED |NONCLUSTERED )?INDEX", -1))
        .as("a third index needs its own options")
        .hasSize(2);
  }

  @Test
  void theViewShowsWhatIsLive() {
    assertThat(withoutComments())
        .contains("CREATE VIEW customer_order_flat_current AS SELECT rental_id,")
        .contains("FROM customer_order_flat WHERE is_deleted = 0;");
  }
}
