package org.etlsandbox.testkit.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatKey;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.flat.RefreshScope.Rentals;
import org.etlsandbox.quarantine.Quarantine;
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
  void quarantinedRentalsAreLeftOut() {
    List<Long> rentals = join.stream().map(CustomerOrderFlat::rentalId).distinct().toList();
    long first = rentals.getFirst();
    long second = rentals.get(1);
    put(first, List.of());
    put(second, List.of());
    quarantine.record(new Rentals(second), Map.of(second, "a NUL"));
    assertThat(oneWay(sweep(100))).containsExactly(first);
  }

  @Test
  void aQuarantinedRentalThatJupiterNoLongerHasIsNamedSoThatItIsReleased() {
    long gone = join.getLast().rentalId() + 3;
    put(gone + 1, List.of(SampleFlat.row(gone + 1, 1, 1))); // the way leads past it
    quarantine.record(new Rentals(gone), Map.of(gone, "a NUL"));
    assertThat(oneWay(sweep(100))).containsExactly(gone, gone + 1);
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
    Set<Long> differing = new TreeSet<>();
    for (int slices = 0; slices < 10_000; slices++) {
      Sweep.Slice slice = sweep.next();
      for (long rental : slice.differing()) {
        assertThat(differing.add(rental)).as("named once").isTrue();
      }
      if (slice.last()) {
        return differing;
      }
    }
    throw new AssertionError("The sweep does not end");
  }

  private void put(long rental, List<CustomerOrderFlat> rows) {
    destination.refresh(new Rentals(rental), FlatStream.of(rows), 2, TestLease.held(1));
  }
}
