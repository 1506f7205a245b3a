package org.etlsandbox.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.etlsandbox.connection.ConnectionSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each statement is the one that was agreed on, and says to the lock manager what a server that
 * merely speaks the protocol would not miss.
 */
class StatementsTest {
  private static final String FOLDER = "statements";

  private static final Pattern WRITE = Pattern.compile("\\b(UPDATE t|INSERT INTO)\\b[^;]*");

  private static final Pattern READ =
      Pattern.compile("\\b(FROM|JOIN) customer_order_flat\\b[^\\n]*");

  static Stream<String> names() {
    return statements().keySet().stream();
  }

  private static Map<String, String> statements() {
    Map<String, String> statements = new TreeMap<>();
    for (Field field : Statements.class.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
        try {
          statements.put(field.getName().toLowerCase(Locale.ROOT), String.valueOf(field.get(null)));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(field.getName(), e);
        }
      }
    }
    return statements;
  }

  private static String withoutLastLineEnd(String text) {
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  @ParameterizedTest
  @MethodSource("names")
  void aStatementIsAsItWasAgreedOn(String name) {
    GoldenFile golden = GoldenFile.of(FOLDER, name);
    assertThat(withoutLastLineEnd(statements().get(name)))
        .as("%s and %s.sql", name.toUpperCase(Locale.ROOT), name)
        .isEqualTo(withoutLastLineEnd(golden.statement()));
    golden.assertExplained();
  }

  @Test
  void everyGoldenFileHasItsStatement() {
    assertThat(GoldenFile.names(FOLDER)).isEqualTo(statements().keySet()).hasSizeGreaterThan(15);
  }

  @Test
  void aSessionNeitherWaitsForEverNorLeavesHalfATransaction() {
    assertThat(Statements.SESSION.lines())
        .containsExactly(
            "SET NOCOUNT ON;",
            "SET XACT_ABORT ON;",
            "SET LOCK_TIMEOUT 30000;",
            "SET TRANSACTION ISOLATION LEVEL READ COMMITTED;");
    assertThat(ConnectionSettings.STATEMENT_TIMEOUT)
        .as("a lock is given up before the statement is, or its wait could not be told apart")
        .isGreaterThan(Duration.ofSeconds(45));
  }

  /** https://learn.microsoft.com/sql/t-sql/queries/hints-transact-sql-table */
  @ParameterizedTest
  @ValueSource(strings = {"tombstone_range", "tombstone_rentals", "upsert"})
  void whatAWriteReadsStaysAsItWasReadUntilTheCommit(String name) {
    String[] writes =
        WRITE
            .matcher(statements().get(name))
            .results()
            .map(found -> found.group())
            .toArray(String[]::new);
    assertThat(writes).hasSize(name.equals("upsert") ? 3 : 1);
    for (String write : writes) {
      assertThat(READ.matcher(write).results().map(found -> found.group()))
          .as("reads of the table in %s", write)
          .isNotEmpty()
          .allSatisfy(read -> assertThat(read).endsWith(" AS t WITH (UPDLOCK, HOLDLOCK)"));
      assertThat(write.strip()).as("a plan for these rows").endsWith("OPTION (RECOMPILE)");
    }
  }

  @Test
  void onlyThoseThreeTheInsertOfANewRangeThePurgeAndTheFenceWrite() {
    assertThat(
            statements().entrySet().stream()
                .filter(statement ->
                    Pattern.compile("\\b(UPDATE|INSERT|DELETE|MERGE)\\b(?!LOCK)")
                        .matcher(statement.getValue())
                        .find())
                .map(Map.Entry::getKey))
        .containsExactlyInAnyOrder(
            "tombstone_range",
            "tombstone_rentals",
            "upsert",
            "insert_staged",
            "purge_step",
            "raise_epoch");
  }

  /** https://learn.microsoft.com/sql/t-sql/statements/set-implicit-transactions-transact-sql */
  @ParameterizedTest
  @ValueSource(strings = {"ENTER_FENCE Shared 30000", "CLOSE_FENCE Exclusive 45000"})
  void theFenceIsLockedByATransactionThatHasBegun(String expected) {
    String[] words = expected.split(" ");
    String fence = statements().get(words[0].toLowerCase(Locale.ROOT));
    assertThat(fence)
        .contains(
            "@Resource = N'etl_destination',",
            "@LockMode = N'" + words[1] + "',",
            "@LockOwner = N'Transaction',",
            "@LockTimeout = " + words[2] + ";");
    int begun = fence.indexOf("SELECT @epoch = epoch FROM etl_destination;");
    int locked = fence.indexOf("EXECUTE @granted = sp_getapplock");
    int read = fence.indexOf("SELECT @granted AS granted, epoch FROM etl_destination;");
    assertThat(begun).as("a table is read first").isNotNegative().isLessThan(locked);
    assertThat(locked).as("the epoch is read under the lock").isLessThan(read);
  }

  @ParameterizedTest
  @MethodSource("names")
  void nothingIsReadDirtyMergedOrLockedAsAWhole(String name) {
    Matcher forbidden =
        Pattern.compile(
                "\\b(MERGE|NOLOCK|READUNCOMMITTED|READPAST|TABLOCKX?|XLOCK|SELECT\\s+\\*)",
                Pattern.CASE_INSENSITIVE)
            .matcher(statements().get(name));
    assertThat(forbidden.results().map(found -> found.group())).isEmpty();
  }

  @Test
  void stagingAndCanaryHaveTheColumnsOfTheTable() {
    TableColumns table = TableColumns.of(MigrationTest.script());
    Map<String, String> dates =
        Map.of(
            "datetime2(0) NOT NULL",
            "varchar(19) NOT NULL",
            "datetime2(0) NULL",
            "varchar(19) NULL");
    assertThat(TableColumns.of(Statements.CREATE_CANARY).withoutConstraintNames())
        .isEqualTo(table.withoutConstraintNames());
    assertThat(TableColumns.of(Statements.EMPTY_STAGING).columns())
        .isEqualTo(table.without("is_deleted").mapTypes(dates).columns());
    assertThat(Arrays.asList(Statements.EMPTY_STAGING, Statements.CREATE_CANARY))
        .as("unnamed, or two sessions could not create it at the same time")
        .allSatisfy(create ->
            assertThat(create)
                .contains("  PRIMARY KEY CLUSTERED (rental_id, payment_id, category_id)\n")
                .doesNotContain("CONSTRAINT"));
  }
}
