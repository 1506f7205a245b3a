package org.etlsandbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etlsandbox.source.Change;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.ChangePage;
import org.etlsandbox.source.ChangePosition;
import org.etlsandbox.source.RowDigest;
import org.etlsandbox.source.Source;
import org.etlsandbox.source.SourceSnapshot;
import org.etlsandbox.source.SourceTable;
import org.etlsandbox.testkit.sakila.SakilaRow;
import org.etlsandbox.testkit.sakila.SakilaRow.Category;
import org.etlsandbox.testkit.sakila.SakilaRow.Customer;
import org.etlsandbox.testkit.sakila.SakilaRow.Film;
import org.etlsandbox.testkit.sakila.SakilaRow.FilmCategory;
import org.etlsandbox.testkit.sakila.SakilaRow.Inventory;
import org.etlsandbox.testkit.sakila.SakilaRow.Payment;
import org.etlsandbox.testkit.sakila.SakilaRow.Rental;
import org.etlsandbox.testkit.sakila.SakilaWriter;
import org.etlsandbox.testkit.sakila.SampleSakila;
import org.etlsandbox.testkit.sakila.TestSakila;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row changed since a moment is read once, in pages, with or without an index. */
interface ChangeRules extends SourceRules {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void pagesCutTiesWithoutLosingOrDoublingARow(boolean indexed) {
    try (TestSakila sakila = anotherSakila(indexed);
        Source source = sakila.open()) {
      Instant second = sakila.writer().now().minusSeconds(100);
      for (int id = 1; id <= 50; id++) {
        // Out of step with the keys: 20 rows in one second, 20 in the next, 5 before, 5 never
        Instant at =
            switch (id % 10) {
              case 0 -> second.minusSeconds(1);
              case 1 -> null;
              case 2, 4, 6, 8 -> second.plusSeconds(1);
              default -> second;
            };
        sakila.writer().put(new Customer(id, "F" + id, "L" + id, at));
      }
      describe(source);
      try (SourceSnapshot snapshot = source.snapshot()) {
        for (int limit : new int[] {1, 3, 7, 20, 40, 41, 1_000}) {
          List<Change> since = changes(snapshot, SourceTable.CUSTOMER, second, limit);
          assertThat(since)
              .as("pages of %d", limit)
              .extracting(change -> change.key().first())
              .containsExactlyInAnyOrderElementsOf(
                  Stream.iterate(1L, id -> id + 1).limit(50).filter(id -> id % 10 > 1).toList());
          assertThat(changes(snapshot, SourceTable.CUSTOMER, second.plusSeconds(1), limit))
              .as("pages of %d", limit)
              .hasSize(20)
              .allSatisfy(
                  change -> assertThat(change.lastUpdate()).isEqualTo(second.plusSeconds(1)));
        }
        assertThat(changes(snapshot, SourceTable.CUSTOMER, second.plusSeconds(2), 10)).isEmpty();
        assertThat(changes(snapshot, SourceTable.CUSTOMER, Instant.EPOCH, 10)).hasSize(45);
      }
    }
  }

  /** Asked for every table alone and for all together, at the second of the change and after it. */
  @ParameterizedTest
  @EnumSource
  default void itIsToldWhichTablesHaveChanged(SourceTable changed) {
    try (TestSakila sakila = anotherSakila(true);
        Source source = sakila.open()) {
      Instant at = sakila.writer().now();
      sakila.writer().put(SampleSakila.one(at.minusSeconds(50)));
      describe(source);
      sakila.writer().put(rowOf(changed, SampleSakila.one(at)));
      for (SourceTable table : SourceTable.values()) {
        assertThat(source.changedSince(Map.of(table, at)))
            .as("%s alone", table)
            .isEqualTo(table == changed ? Set.of(table) : Set.of());
      }
      assertThat(source.changedSince(all(at))).containsExactly(changed);
      assertThat(source.changedSince(all(at.plusSeconds(1)))).isEmpty();
      assertThat(source.changedSince(all(at.minusSeconds(50))))
          .containsExactlyInAnyOrder(SourceTable.values());
      assertThat(source.changedSince(Map.of())).isEmpty();
    }
  }

  @Test
  default void aTableWithoutAnIndexCountsAsChanged() {
    try (TestSakila sakila = anotherSakila(false);
        Source source = sakila.open()) {
      describe(source);
      Instant now = sakila.writer().now();
      assertThat(source.changedSince(all(now))).containsExactlyInAnyOrder(SourceTable.values());
      assertThat(source.changedSince(Map.of(SourceTable.FILM, now)))
          .containsExactly(SourceTable.FILM);
    }
  }

  private static Map<SourceTable, Instant> all(Instant since) {
    return Arrays.stream(SourceTable.values()).collect(Collectors.toMap(t -> t, t -> since));
  }

  private static SakilaRow rowOf(SourceTable table, SakilaRow... rows) {
    return Arrays.stream(rows).filter(row -> row.table() == table).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void aCompositeKeyIsPagedByBothItsColumns(boolean indexed) {
    try (TestSakila sakila = anotherSakila(indexed);
        Source source = sakila.open()) {
      Instant at = sakila.writer().now();
      List<ChangeKey> expected = new ArrayList<>();
      for (int film = 1; film <= 6; film++) {
        for (int category = 1; category <= 4; category++) {
          sakila.writer().put(new FilmCategory(film, category, at));
          expected.add(new ChangeKey(film, category));
        }
      }
      describe(source);
      try (SourceSnapshot snapshot = source.snapshot()) {
        for (int limit : new int[] {1, 3, 5, 24}) {
          assertThat(changes(snapshot, SourceTable.FILM_CATEGORY, at, limit))
              .as("pages of %d", limit)
              .extracting(Change::key)
              .containsExactlyInAnyOrderElementsOf(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  default void everyTableIsPolledByItsOwnKey(SourceTable table) {
    Instant at = writer().now();
    writer().put(SampleSakila.one(at));
    try (SourceSnapshot snapshot = source().snapshot()) {
      List<Change> changes = changes(snapshot, table, at, 10);
      assertThat(changes)
          .extracting(Change::key)
          .containsExactly(
              table == SourceTable.FILM_CATEGORY ? new ChangeKey(1, 1) : new ChangeKey(1));
      assertThat(changes.getFirst().lastUpdate()).isEqualTo(at);
      assertThat(changes(snapshot, table, at.plusSeconds(1), 10)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void theDigestTellsStatesWithinOneSecondApart(boolean indexed) {
    try (TestSakila sakila = anotherSakila(indexed);
        Source source = sakila.open()) {
      Instant at = sakila.writer().now();
      LocalDateTime rented = LocalDateTime.of(2005, 5, 24, 22, 53, 30);
      describe(source);
      expectApart(
          sakila,
          source,
          List.of(
              new Rental(1, rented, 1, 1, null, at),
              new Rental(1, rented.plusSeconds(1), 1, 1, null, at),
              new Rental(1, rented, 2, 1, null, at),
              new Rental(1, rented, 1, 2, null, at),
              new Rental(1, rented, 1, 1, rented, at)));
      expectApart(
          sakila,
          source,
          List.of(
              new Payment(1, 1L, 299, at),
              new Payment(1, 2L, 299, at),
              new Payment(1, null, 299, at),
              new Payment(1, 1L, 300, at),
              new Payment(1, 1L, -299, at)));
      expectApart(
          sakila,
          source,
          List.of(
              new Customer(1, "AB", "C", at),
              new Customer(1, "A", "BC", at),
              new Customer(1, "ab", "C", at),
              new Customer(1, "AB", "C ", at),
              new Customer(1, "ÁB", "C", at),
              new Customer(1, "", "ABC", at)));
      expectApart(sakila, source, List.of(new Inventory(1, 1, at), new Inventory(1, 2, at)));
      expectApart(
          sakila, source, List.of(new Film(1, "A", at), new Film(1, "a", at), new Film(1, "", at)));
      expectApart(sakila, source, List.of(new Category(1, "🎬", at), new Category(1, "🎞", at)));
    }
  }

  @Test
  default void theDigestOfAnEqualRowStaysWhateverItsTime() {
    Instant at = writer().now();
    writer().put(SampleSakila.one(at.minusSeconds(50)));
    for (SourceTable table : SourceTable.values()) {
      RowDigest before = digest(source(), table, at.minusSeconds(50));
      writer().put(SampleSakila.one(at));
      assertThat(digest(source(), table, at)).as("%s", table).isEqualTo(before);
      writer().put(SampleSakila.one(at.minusSeconds(50)));
    }
  }

  private static void expectApart(TestSakila sakila, Source source, List<SakilaRow> states) {
    SakilaWriter writer = sakila.writer();
    List<RowDigest> digests = new ArrayList<>();
    for (SakilaRow state : states) {
      writer.put(state);
      RowDigest digest = digest(source, state.table(), writer.now().minusSeconds(3600));
      assertThat(digests).as("%s", state).doesNotContain(digest);
      digests.add(digest);
    }
    writer.put(states.getFirst());
    assertThat(digest(source, states.getFirst().table(), writer.now().minusSeconds(3600)))
        .as("back to %s", states.getFirst())
        .isEqualTo(digests.getFirst());
  }

  private static RowDigest digest(Source source, SourceTable table, Instant since) {
    try (SourceSnapshot snapshot = source.snapshot()) {
      return changes(snapshot, table, since, 10).getFirst().digest();
    }
  }

  /** Tells the source which tables have an index, as a worker's start does. */
  private static void describe(Source source) {
    source.describe(OBSERVING);
  }

  private static List<Change> changes(
      SourceSnapshot snapshot, SourceTable table, Instant since, int limit) {
    List<Change> all = new ArrayList<>();
    ChangePosition position = ChangePosition.startingAt(since);
    for (int pages = 0; position != null; pages++) {
      assertThat(pages).as("pages until the end").isLessThan(1_000);
      ChangePage page = snapshot.changes(table, position, limit);
      assertThat(page.changes()).hasSizeLessThanOrEqualTo(limit);
      all.addAll(page.changes());
      position = page.next();
    }
    assertThat(all).extracting(Change::key).doesNotHaveDuplicates();
    all.sort(Comparator.comparing(Change::key));
    return all;
  }
}
