package org.etlsandbox.testkit.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.DestinationState;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.destination.StoredFlat;
import org.etlsandbox.destination.WriteLease;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatKey;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.refresh.Refresher;
import org.etlsandbox.refresh.ScopeOutcome;
import org.etlsandbox.schema.SchemaMode;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.Source;
import org.etlsandbox.source.SourceSnapshot;
import org.etlsandbox.source.SourceTable;
import org.etlsandbox.testkit.TestLease;
import org.etlsandbox.testkit.memory.InMemoryDestination;
import org.etlsandbox.testkit.memory.InMemorySakila;
import org.etlsandbox.testkit.sakila.SakilaRow;
import org.etlsandbox.testkit.sakila.SampleSakila;
import org.etlsandbox.trace.Traces;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One scope, whatever the destination does with it. */
class RefresherTest {

  private static final Range EVERYTHING = new Range(0, 10_000);

  private final InMemorySakila sakila = new InMemorySakila(true);
  private final InMemoryDestination memory = new InMemoryDestination();
  private final CountedDestination destination = new CountedDestination(memory);
  private final Refresher refresher =
      new Refresher(destination, TestLease.held(1), Duration.ofMinutes(1), Traces.OFF);
  private List<CustomerOrderFlat> join = List.of();

  @BeforeEach
  void fill() {
    memory.raiseFence(1);
    sakila.put(SampleSakila.shop(128, 1, sakila.now()));
    join = sakila.join();
  }

  @Test
  void theDestinationHoldsWhatJupiterHas() {
    ScopeOutcome outcome = refresh(1);

    assertThat(memory.live()).containsExactlyElementsOf(join);
    assertThat(outcome.result()).isEqualTo(new RefreshResult(join.size(), join.size(), 0, 0, 0));
    assertThat(outcome.rentals()).isEqualTo(128);
    assertThat(outcome.rowVersion()).isEqualTo(1);
    assertThat(refresh(2).result()).isEqualTo(new RefreshResult(join.size(), 0, 0, 0, join.size()));
  }

  @Test
  void aDefectiveRentalIsTombstonedAndReported() {
    refresh(1);
    sakila.put(new SakilaRow.Rental(70, null, 1, 1, null, sakila.now()));

    ScopeOutcome outcome = refresh(2);
    assertThat(outcome.refused()).containsOnlyKeys(70L);
    assertThat(outcome.refused().get(70L)).contains("no date");
    assertThat(memory.live()).containsExactlyElementsOf(without(70));
    assertThat(outcome.result().tombstoned()).isEqualTo(join.size() - without(70).size());
    assertThat(destination.refreshes).as("known beforehand: no halving").isEqualTo(2);
  }

  @Test
  void aRentalThatTheDestinationNamesBeforehandStaysOut() {
    memory.refuse(rental(70));

    ScopeOutcome outcome = refresh(1);
    assertThat(outcome.refused()).containsOnlyKeys(70L);
    assertThat(memory.live()).containsExactlyElementsOf(without(70));
    assertThat(destination.refreshes).isEqualTo(1);
  }

  @Test
  void theOneRentalThatFailsIsFoundByHalvingAndTheRestGoesIn() {
    refresh(1);
    memory.poison(rental(70));
    sakila.put(new SakilaRow.Customer(2, "NEW", "NAME", sakila.now()));
    List<CustomerOrderFlat> renamed = sakila.join();
    long changed =
        renamed.stream().filter(flat -> flat.customerId() == 2 && flat.rentalId() != 70).count();
    destination.refreshes = 0;

    ScopeOutcome outcome = refresh(2);
    assertThat(memory.live())
        .containsExactlyElementsOf(renamed.stream().filter(flat -> flat.rentalId() != 70).toList());
    assertThat(outcome.refused()).containsOnlyKeys(70L);
    assertThat(outcome.refused().get(70L)).contains("in-memory cannot hold");
    assertThat(outcome.rentals()).isEqualTo(128);
    long gone = join.size() - without(70).size();
    assertThat(outcome.result())
        .isEqualTo(
            new RefreshResult(without(70).size(), 0, changed, gone, without(70).size() - changed));
    // The whole, two halves of each of 7 levels, once more the whole
    assertThat(destination.refreshes).as("attempts for 128 rentals").isEqualTo(1 + 2 * 7 + 1);
  }

  @Test
  void oneOfTwoThousandIsFoundInAboutTwiceTheLogarithm() {
    InMemorySakila large = new InMemorySakila(true);
    large.put(SampleSakila.shop(2_000, 1, large.now()));
    long bad = large.join().get(1_345).rentalId();
    memory.poison(rental(bad));

    try (Source source = large.open();
        SourceSnapshot snapshot = source.snapshot()) {
      ScopeOutcome outcome = refresher.refresh(new Range(0, Long.MAX_VALUE), snapshot, 1);
      assertThat(outcome.rentals()).isEqualTo(2_000);
      assertThat(outcome.refused()).containsOnlyKeys(bad);
    }
    assertThat(memory.live())
        .containsExactlyElementsOf(
            large.join().stream().filter(flat -> flat.rentalId() != bad).toList());
    // 2^11 is the first power of two above 2,000; of 10,000, 2 * 14 + 2 would do
    assertThat(destination.refreshes).as("writes").isLessThanOrEqualTo(2 * 11 + 2);
  }

  @Test
  void aDestinationThatRefusesEverythingIsFoundOutSoonAndNothingIsTombstoned() {
    refresh(1);
    sakila.put(SampleSakila.shop(4_000, 1, sakila.now()));
    List<CustomerOrderFlat> before = memory.live();
    memory.poison(row -> true);
    destination.refreshes = 0;

    StoreException failure =
        catchThrowableOfType(StoreException.class, () -> refresh(new Range(0, 100_000), 2));
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(failure).hasMessageContaining("none is quarantined");
    assertThat(memory.live()).isEqualTo(before);
    assertThat(destination.refreshes).as("writes").isLessThan(150);
  }

  @Test
  void aScopeMayConsistOfAFewBadRentalsOnly() {
    memory.poison(row -> row.rentalId() <= 200);

    ScopeOutcome outcome = refresh(new Range(0, 200), 1);
    assertThat(outcome.refused()).hasSize(20);
    assertThat(memory.live()).isEmpty();
  }

  @Test
  void severalRentalsThatFailAreAllFound() {
    memory.poison(rental(10).or(rental(640)).or(rental(1280)));

    ScopeOutcome outcome = refresh(1);
    assertThat(outcome.refused()).containsOnlyKeys(10L, 640L, 1280L);
    assertThat(memory.live()).containsExactlyElementsOf(without(10, 640, 1280));
    assertThat(outcome.result())
        .isEqualTo(
            new RefreshResult(
                without(10, 640, 1280).size(), without(10, 640, 1280).size(), 0, 0, 0));
    assertThat(destination.refreshes).isLessThan(3 * 2 * 8);
  }

  @Test
  void whatTheScopeNoLongerHasIsTombstonedThoughARentalFails() {
    refresh(1);
    sakila.delete(SourceTable.RENTAL, new ChangeKey(500));
    memory.poison(rental(70));

    refresh(2);
    assertThat(memory.live()).containsExactlyElementsOf(without(70, 500));
  }

  @Test
  void aRefusalOfAScopeWithoutRowsIsNoMatterOfData() {
    destination.failures = failing(Kind.DATA, 1);

    StoreException failure =
        catchThrowableOfType(StoreException.class, () -> refresh(new Range(50_000, 60_000), 1));
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(Kind.DATA);
  }

  @Test
  void aDeadlockIsTriedAgain() {
    destination.failures = failing(Kind.TRANSIENT, 4);

    refresh(1);
    assertThat(destination.refreshes).isEqualTo(5);
    assertThat(memory.live()).containsExactlyElementsOf(join);
  }

  @Test
  void fiveDeadlocksAreThrown() {
    destination.failures = failing(Kind.TRANSIENT, 1_000);

    StoreException failure = catchThrowableOfType(StoreException.class, () -> refresh(1));
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    assertThat(destination.refreshes).isEqualTo(5);
  }

  @Test
  void allOtherFailuresAreThrownAtOnceAndNeverSplit() {
    for (Kind kind : List.of(Kind.FENCED, Kind.UNAVAILABLE, Kind.PERMANENT)) {
      destination.refreshes = 0;
      destination.failures = failing(kind, 1_000);

      StoreException failure = catchThrowableOfType(StoreException.class, () -> refresh(1));
      assertThat(failure).isNotNull();
      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(destination.refreshes).as("tries after %s", kind).isEqualTo(1);
    }
    assertThat(memory.live()).isEmpty();
  }

  @Test
  void aFenceInTheMiddleOfHalvingEndsIt() {
    memory.poison(rental(70));
    destination.failures = refreshes -> refreshes == 4 ? Kind.FENCED : null;

    StoreException failure = catchThrowableOfType(StoreException.class, () -> refresh(1));
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(Kind.FENCED);
    assertThat(destination.refreshes).isEqualTo(4);
  }

  private ScopeOutcome refresh(long version) {
    return refresh(EVERYTHING, version);
  }

  private ScopeOutcome refresh(RefreshScope scope, long version) {
    try (Source source = sakila.open();
        SourceSnapshot snapshot = source.snapshot()) {
      return refresher.refresh(scope, snapshot, version);
    }
  }

  private List<CustomerOrderFlat> without(long... rentals) {
    return join.stream()
        .filter(flat -> Arrays.stream(rentals).noneMatch(id -> id == flat.rentalId()))
        .toList();
  }

  private static Predicate<FlatRow> rental(long id) {
    return row -> row.rentalId() == id;
  }

  private static Failures failing(Kind kind, int times) {
    return refreshes -> refreshes <= times ? kind : null;
  }

  /** How the n-th refresh fails, or null. */
  @FunctionalInterface
  interface Failures {
    @Nullable Kind of(int refreshes);
  }

  /** Counts refreshes, and fails when told to. */
  private static final class CountedDestination implements Destination {
    private final Destination inner;
    private int refreshes;
    private Failures failures = count -> null;

    CountedDestination(Destination inner) {
      this.inner = inner;
    }

    @Override
    public RefreshResult refresh(
        RefreshScope scope, FlatStream rows, long rowVersion, WriteLease lease) {
      refreshes++;
      Kind kind = failures.of(refreshes);
      if (kind != null) {
        throw new StoreException(kind, "told to fail as " + kind);
      }
      return inner.refresh(scope, rows, rowVersion, lease);
    }

    @Override
    public long purgeTombstones(WriteLease lease) {
      return inner.purgeTombstones(lease);
    }

    @Override
    public @Nullable String refusal(FlatRow row) {
      return inner.refusal(row);
    }

    @Override
    public String engine() {
      return inner.engine();
    }

    @Override
    public void check() {
      inner.check();
    }

    @Override
    public DestinationState prepare(SchemaMode schema) {
      return inner.prepare();
    }

    @Override
    public void raiseFence(long epoch) {
      inner.raiseFence(epoch);
    }

    @Override
    public long[] rentalsHolding(long[] paymentIds) {
      return inner.rentalsHolding(paymentIds);
    }

    @Override
    public long countLive() {
      return inner.countLive();
    }

    @Override
    public long maxRentalId() {
      return inner.maxRentalId();
    }

    @Override
    public List<FlatKey> keys(Range range) {
      return inner.keys(range);
    }

    @Override
    public List<StoredFlat> stored(Range range) {
      return inner.stored(range);
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
