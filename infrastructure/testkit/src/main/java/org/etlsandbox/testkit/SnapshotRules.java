package org.etlsandbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.flat.RefreshScope.Rentals;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.SourceSnapshot;
import org.etlsandbox.source.SourceTable;
import org.etlsandbox.testkit.sakila.SakilaRow;
import org.etlsandbox.testkit.sakila.SampleSakila;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A snapshot shows the plain seven-way join of one moment. */
interface SnapshotRules extends SourceRules {

  @Test
  default void anEmptySakilaHasNoFlats() {
    try (SourceSnapshot snapshot = source().snapshot()) {
      assertThat(snapshot.maxRentalId()).isZero();
      assertThat(snapshot.rangeEnd(0, 100)).isZero();
      assertThat(SourceRules.flats(snapshot, EVERYTHING)).isEmpty();
      assertThat(SourceRules.flats(snapshot, new Rentals(1, 2))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  default void flatsAreThePlainJoinForRangesAndForIds(long seed) {
    writer().put(SampleSakila.shop(60, seed, writer().now()));
    List<CustomerOrderFlat> join = writer().join();
    assertThat(join).hasSizeGreaterThan(60);
    Random dice = new Random(seed);
    try (SourceSnapshot snapshot = source().snapshot()) {
      assertThat(SourceRules.flats(snapshot, EVERYTHING)).containsExactlyElementsOf(join);
      assertThat(snapshot.keys(EVERYTHING))
          .containsExactlyElementsOf(join.stream().map(CustomerOrderFlat::key).toList());
      for (int i = 0; i < 20; i++) {
        int from = dice.nextInt(600);
        Range range = new Range(from, from + 1 + dice.nextInt(300));
        assertThat(snapshot.keys(range))
            .as("keys of %s", range)
            .containsExactlyElementsOf(
                join.stream()
                    .filter(flat -> range.contains(flat.rentalId()))
                    .map(CustomerOrderFlat::key)
                    .toList());
        RefreshScope ids = new Rentals(dice.longs(1 + dice.nextInt(40), 1, 620).toArray());
        for (RefreshScope scope : List.of(range, ids)) {
          assertThat(SourceRules.flats(snapshot, scope))
              .as("%s", scope)
              .containsExactlyElementsOf(
                  join.stream().filter(flat -> scope.contains(flat.rentalId())).toList());
        }
      }
    }
  }

  @Test
  default void hostileValuesAreReadExactly() {
    writer().put(SampleSakila.hostile(writer().now()));
    List<CustomerOrderFlat> join = writer().join();
    assertThat(join).hasSize(7);
    assertThat(flats(EVERYTHING)).containsExactlyElementsOf(join);
    assertThat(flats(new Rentals(1, 2, 3, 4, 5, 6, 7, 777, 2_147_483_647L)))
        .containsExactlyElementsOf(join);
  }

  @Test
  default void aLargeScopeIsReadCompletely() {
    writer().put(SampleSakila.shop(3_000, 3, writer().now()));
    int rows = flats(EVERYTHING).size();
    Rentals all = new Rentals(LongStream.rangeClosed(1, 3_000).map(i -> i * 10).toArray());
    assertThat(flats(all)).hasSize(rows).isEqualTo(flats(EVERYTHING));
    assertThat(flats(all).stream().map(CustomerOrderFlat::rentalId).distinct()).hasSize(3_000);
  }

  @Test
  default void aRowThatCannotBeCopiedComesWithItsDefect() {
    var at = writer().now();
    writer().put(SampleSakila.one(at));
    writer()
        .put(
            new SakilaRow.Rental(2, null, 1, 1, null, at),
            new SakilaRow.Payment(2, 2L, 100, at),
            new SakilaRow.Payment(3, 2L, 100, at));
    for (RefreshScope scope : List.of(EVERYTHING, new Rentals(1, 2))) {
      List<String> defects = new ArrayList<>();
      List<Long> sound = new ArrayList<>();
      try (SourceSnapshot snapshot = source().snapshot();
          FlatStream stream = snapshot.flats(scope)) {
        for (FlatRow row = stream.next(); row != null; row = stream.next()) {
          String defect = row.defect();
          if (defect == null) {
            sound.add(row.rentalId());
          } else {
            assertThat(defect).contains("rental_date");
            defects.add(row.rentalId() + "/" + row.paymentId() + "/" + row.categoryId());
          }
        }
      }
      assertThat(sound).as("%s", scope).containsExactly(1L);
      assertThat(defects).as("%s", scope).containsExactly("2/2/1", "2/3/1");
    }
  }

  @Test
  default void whatIsCommittedLaterIsNotSeen() {
    var at = writer().now();
    writer().put(SampleSakila.shop(20, 4, at));
    List<CustomerOrderFlat> before = writer().join();
    try (SourceSnapshot snapshot = source().snapshot()) {
      writer().put(new SakilaRow.Customer(1, "RENAMED", "LATER", at));
      writer().put(new SakilaRow.Rental(9_999, before.getFirst().rentalDate(), 1, 1, null, at));
      writer().delete(SourceTable.PAYMENT, new ChangeKey(60));
      assertThat(snapshot.maxRentalId()).isEqualTo(200);
      assertThat(SourceRules.flats(snapshot, new Range(0, 100)))
          .containsExactlyElementsOf(
              before.stream().filter(flat -> flat.rentalId() <= 100).toList());
      writer().put(new SakilaRow.Film(1, "RENAMED", at));
      assertThat(SourceRules.flats(snapshot, new Rentals(10, 20, 30, 9_999)))
          .containsExactlyElementsOf(
              before.stream().filter(flat -> flat.rentalId() <= 30).toList());
    }
    assertThat(flats(EVERYTHING)).isEqualTo(writer().join()).isNotEqualTo(before);
  }

  @Test
  default void rangesAreCutByTheNumberOfRentalsWhateverTheGaps() {
    var at = writer().now();
    for (long id : new long[] {1, 2, 5, 1_000, 2_000_000_000}) {
      // Sakila allows one rental of a copy by a customer at a time
      LocalDateTime rented = LocalDateTime.of(2005, 1, 1, 0, 0).plusSeconds(id);
      writer().put(new SakilaRow.Rental(id, rented, 1, 1, null, at));
    }
    try (SourceSnapshot snapshot = source().snapshot()) {
      assertThat(snapshot.maxRentalId()).isEqualTo(2_000_000_000L);
      assertThat(snapshot.rangeEnd(0, 2)).isEqualTo(2);
      assertThat(snapshot.rangeEnd(2, 2)).isEqualTo(1_000);
      assertThat(snapshot.rangeEnd(1_000, 2)).isEqualTo(2_000_000_000L);
      assertThat(snapshot.rangeEnd(0, 100)).isEqualTo(2_000_000_000L);
      assertThat(snapshot.rangeEnd(3, 1)).isEqualTo(5);
      assertThat(snapshot.rangeEnd(2_000_000_000L, 1)).isZero();
    }
  }

  /** Every row of every table, alone and together, against the join; in pages of every size. */
  @ParameterizedTest
  @EnumSource
  default void theRentalsOfARowAreThoseWhoseFlatsHaveIt(SourceTable table) {
    writer().put(SampleSakila.shop(60, 5, writer().now()));
    List<CustomerOrderFlat> join = writer().join();
    CustomerOrderFlat one = join.get(17);
    ChangeKey inventory = new ChangeKey(3);
    List<ChangeKey> keys =
        switch (table) {
          case RENTAL -> List.of(new ChangeKey(10), new ChangeKey(600));
          case PAYMENT -> List.of(new ChangeKey(one.paymentId()), new ChangeKey(65_000));
          case CUSTOMER -> List.of(new ChangeKey(one.customerId()), new ChangeKey(99));
          case INVENTORY -> List.of(inventory, new ChangeKey(99));
          case FILM -> List.of(new ChangeKey(one.filmId()), new ChangeKey(99));
          case FILM_CATEGORY -> List.of(new ChangeKey(one.filmId(), one.categoryId()));
          case CATEGORY -> List.of(new ChangeKey(3), new ChangeKey(99));
        };
    long[] expected =
        table == SourceTable.INVENTORY
            ? changedBy(new SakilaRow.Inventory(3, 77, writer().now()), join)
            : join.stream()
                .filter(flat -> depends(flat, table, keys))
                .mapToLong(CustomerOrderFlat::rentalId)
                .distinct()
                .toArray();
    if (table == SourceTable.INVENTORY) {
      writer().put(new SakilaRow.Inventory(3, 1 + 3 % 4, writer().now()));
    }
    assertThat(expected).isNotEmpty();
    try (SourceSnapshot snapshot = source().snapshot()) {
      for (int limit : new int[] {1, 2, 7, expected.length, 1_000}) {
        List<Long> found = new ArrayList<>();
        long after = 0;
        for (long[] page = snapshot.rentalsOf(table, keys, after, limit);
            page.length > 0;
            page = snapshot.rentalsOf(table, keys, after, limit)) {
          assertThat(page).hasSizeLessThanOrEqualTo(limit);
          Arrays.stream(page).forEach(found::add);
          after = page[page.length - 1];
        }
        assertThat(found)
            .as("%s %s in pages of %d", table, keys, limit)
            .containsExactlyElementsOf(Arrays.stream(expected).boxed().toList());
      }
      assertThat(snapshot.rentalsOf(table, List.of(), 0, 10)).isEmpty();
    }
  }

  /** The copy is no column of a flat: its rentals are those that a change of it makes vanish. */
  private long[] changedBy(SakilaRow row, List<CustomerOrderFlat> before) {
    writer().put(row);
    List<CustomerOrderFlat> after = writer().join();
    return before.stream()
        .filter(flat -> !after.contains(flat))
        .mapToLong(CustomerOrderFlat::rentalId)
        .distinct()
        .toArray();
  }

  private static boolean depends(CustomerOrderFlat flat, SourceTable table, List<ChangeKey> keys) {
    ChangeKey key =
        switch (table) {
          case RENTAL -> new ChangeKey(flat.rentalId());
          case PAYMENT -> new ChangeKey(flat.paymentId());
          case CUSTOMER -> new ChangeKey(flat.customerId());
          case FILM -> new ChangeKey(flat.filmId());
          case FILM_CATEGORY -> new ChangeKey(flat.filmId(), flat.categoryId());
          case CATEGORY -> new ChangeKey(flat.categoryId());
          case INVENTORY -> throw new IllegalArgumentException("no column of a flat");
        };
    return keys.contains(key);
  }
}
