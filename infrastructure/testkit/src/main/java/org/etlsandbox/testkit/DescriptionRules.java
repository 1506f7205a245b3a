package org.etlsandbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.etlsandbox.failure.StoreException;
import org.etlsandbox.source.Source;
import org.etlsandbox.source.SourceDescription;
import org.etlsandbox.source.SourceTable;
import org.etlsandbox.testkit.sakila.TestSakila;
import org.junit.jupiter.api.Test;

/** A source says what it is, and what it lacks. */
interface DescriptionRules extends SourceRules {

  @Test
  default void itAnswersAndDescribesItself() {
    source().check();
    SourceDescription description = source().describe(OBSERVING);
    assertThat(description.engine()).isNotBlank();
    assertThat(description.identity()).isNotBlank();
    assertThat(description.observesTransactions()).isTrue();
    assertThat(description.indexed()).containsExactlyInAnyOrder(SourceTable.values());
    assertThat(source().describe(OBSERVING).identity()).isEqualTo(description.identity());
  }

  @Test
  default void withoutIndexesItSaysWhichWouldHelp() {
    try (TestSakila sakila = anotherSakila(false);
        Source source = sakila.open()) {
      SourceDescription description = source.describe(OBSERVING);
      assertThat(description.indexed()).isEmpty();
      for (SourceTable table : SourceTable.values()) {
        assertThat(description.hints())
            .as("hints for %s", table)
            .anyMatch(hint ->
                hint.contains("CREATE INDEX")
                    && hint.contains("last_update")
                    && hint.matches("(?s).*\\b" + table.tableName() + "\\b.*"));
      }
    }
  }

  @Test
  default void aMissingTableIsNamed() {
    writer().dropTable(SourceTable.FILM_CATEGORY);
    assertThat(refusal()).contains("film_category");
  }

  @Test
  default void aMissingColumnIsNamed() {
    writer().dropColumn(SourceTable.PAYMENT, "amount");
    assertThat(refusal()).contains("payment").contains("amount");
  }

  private String refusal() {
    StoreException failure =
        catchThrowableOfType(StoreException.class, () -> source().describe(OBSERVING));
    assertThat(failure).as("describe() of an incomplete Sakila").isNotNull();
    assertThat(failure.kind()).isEqualTo(StoreException.Kind.PERMANENT);
    return String.valueOf(failure.getMessage());
  }
}
