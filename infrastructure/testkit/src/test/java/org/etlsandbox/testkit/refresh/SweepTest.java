package org.etlsandbox.testkit.refresh;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatKey;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.flat.RefreshScope.Rentals;
import org.etlsandbox.quarantine.Quarantine;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.SourceTable;
import org.etlsandbox.sweep.Sweep;
import org.etlsandbox.testkit.SampleFlat;
import org.etlsandbox.testkit.TestLease;
import org.etlsandbox.testkit.control.TestControl;
import org.etlsandbox.testkit.memory.InMemoryDestination;
import org.etlsandbox.testkit.memory.InMemorySakila;
import org.etlsandbox.testkit.sakila.SampleSakila;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepTest {
  private static final Range EVERYTHING = new Range(0, 4_294_967_295L);

  private final InMemorySakila sakila = new InMemorySakila(true);
  private final InMemoryDestination destination = new InMemoryDestination();
  private TestControl control;
  private Quarantine quarantine;
  private List<CustomerOrderFlat> join;

  @BeforeEach
  void fill(TestReporter reporter) {
    control = new TestControl(reporter);
    quarantine = new Quarantine(control.database(), TestControl.WORKER);
    sakila.writer().put(SampleSakila.shop(300, 5, sakila.writer().now()));
    join = sakila.writer().join();
    destination.prepare();
    destination.raiseFence(1);
    destination.refresh(EVERYTHING, FlatStream.of(join), 1, TestLease.held(1));
  }

  @AfterEach
  void close() {
    destination.close();
    control.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 10_000})
  void whereNothingDiffersNothingIsNamed(int rangeSize) {
    assertThat(oneWay(sweep(rangeSize))).isEmpty();
  }

  /** Rows too many, rows too few, at the ends, in gaps and far beyond Jupiter's last rental. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 10_000})
  void exactlyTheRentalsThatDifferAreNamed(int rangeSize) {
    Random dice = new Random(rangeSize);
    Map<Long, List<CustomerOrderFlat>> rentals =
        join.stream().collect(Collectors.groupingBy(CustomerOrderFlat::rentalId));
    Set<Long> expected = new TreeSet<>();
    for (long rental : rentals.keySet()) {
      switch (dice.nextInt(12)) {
        case 0 -> put(rental, List.of());
        case 1 -> {
          List<CustomerOrderFlat> more = new ArrayList<>(rentals.get(rental));
          more.add(SampleFlat.row(rental, 4_000_000_000L, 1));
          put(rental, more);
        }
        case 2 -> put(rental, rentals.get(rental).subList(1, rentals.get(rental).size()));
        default -> {
          continue;
        }
      }
      expected.add(rental);
    }
    long last = join.getLast().rentalId();
    for (long beyond : new long[] {last + 1, last + 5_000}) {
      put(beyond, List.of(SampleFlat.row(beyond, 1, 1)));
      expected.add(beyond);
    }
    assertThat(expected).hasSizeGreaterThan(40);

    Sweep sweep = sweep(rangeSize);
    assertThat(oneWay(sweep)).isEqualTo(expected);
    assertThat(oneWay(sweep)).as("the next way begins at the beginning").isEqualTo(expected);
  }

  @Test
  void quarantinedRentalsAreTriedAgainOnceAndDoNotDiffer() {
    List<Long> rentals = join.stream().map(CustomerOrderFlat::rentalId).distinct().toList();
    long first = rentals.getFirst();
    long second = rentals.get(1);
    put(first, List.of());
    put(second, List.of());
    quarantine.record(new Rentals(second), Map.of(second, "a NUL"));
    Sweep sweep = sweep(100);
    assertThat(way(sweep)).isEqualTo(new Way(Set.of(first), Set.of(second)));
    assertThat(way(sweep)).isEqualTo(new Way(Set.of(first), Set.of()));

    quarantine.record(new Rentals(second), Map.of());
    assertThat(way(sweep)).as("released").isEqualTo(new Way(Set.of(first, second), Set.of()));
    quarantine.record(new Rentals(second), Map.of(second, "a NUL"));
    assertThat(way(sweep)).as("once more").isEqualTo(new Way(Set.of(first), Set.of(second)));
  }

  /** What made it unfit may have been the row that is gone now; no poll sees that. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 10_000})
  void aQuarantinedRentalWhoseKeysHaveChangedIsTriedAgain(int rangeSize) {
    Map<Long, List<CustomerOrderFlat>> rentals =
        join.stream()
            .filter(flat -> flat.paymentId() != 0)
            .collect(Collectors.groupingBy(CustomerOrderFlat::rentalId, TreeMap::new, toList()));
    List<Long> some = rentals.keySet().stream().limit(30).toList();
    some.forEach(rental -> put(rental, List.of()));
    quarantine.record(
        new Rentals(some.stream().mapToLong(Long::longValue).toArray()),
        some.stream().collect(Collectors.toMap(rental -> rental, rental -> "a NUL")));
    Sweep sweep = sweep(rangeSize);
    assertThat(way(sweep).tryAgain()).isEqualTo(Set.copyOf(some));
    for (long changed : some.subList(0, 5)) {
      long payment = rentals.get(changed).getFirst().paymentId();
      sakila.writer().delete(SourceTable.PAYMENT, new ChangeKey(payment, 0));
      assertThat(way(sweep)).isEqualTo(new Way(Set.of(), Set.of(changed)));
    }
    assertThat(way(sweep)).isEqualTo(new Way(Set.of(), Set.of()));
  }

  @Test
  void aQuarantinedRentalThatJupiterNoLongerHasIsNamedSoThatItIsReleased() {
    long gone = join.getLast().rentalId() + 3;
    put(gone + 1, List.of(SampleFlat.row(gone + 1, 1, 1))); // the way leads past it
    quarantine.record(new Rentals(gone), Map.of(gone, "a NUL"));
    assertThat(way(sweep(100))).isEqualTo(new Way(Set.of(gone + 1), Set.of(gone)));
  }

  /** A value that differs under the same key is not seen: that takes digests. */
  @Test
  void valuesAreNotCompared() {
    FlatKey key = join.getFirst().key();
    List<CustomerOrderFlat> rows =
        join.stream()
            .filter(flat -> flat.rentalId() == key.rentalId())
            .map(flat ->
                SampleFlat.of(flat.rentalId(), flat.paymentId(), flat.categoryId())
                    .customerName("SOMEBODY ELSE")
                    .build())
            .toList();
    put(key.rentalId(), rows);
    assertThat(oneWay(sweep(100))).isEmpty();
  }

  private Sweep sweep(int rangeSize) {
    return new Sweep(sakila.open(), destination, quarantine, rangeSize);
  }

  private static Set<Long> oneWay(Sweep sweep) {
    Way way = way(sweep);
    assertThat(way.tryAgain()).isEmpty();
    return way.differing();
  }

  /** What one sweep of everything has named. */
  private record Way(Set<Long> differing, Set<Long> tryAgain) {}

  private static Way way(Sweep sweep) {
    Way way = new Way(new TreeSet<>(), new TreeSet<>());
    for (int slices = 0; slices < 10_000; slices++) {
      Sweep.Slice slice = sweep.next();
      for (long rental : slice.differing()) {
        assertThat(way.differing().add(rental)).as("named once").isTrue();
      }
      for (long rental : slice.tryAgain()) {
        assertThat(way.tryAgain().add(rental)).as("named once").isTrue();
      }
      if (slice.last()) {
        return way;
      }
    }
    throw new AssertionError("The sweep does not end");
  }

  private void put(long rental, List<CustomerOrderFlat> rows) {
    destination.refresh(new Rentals(rental), FlatStream.of(rows), 2, TestLease.held(1));
  }
}
