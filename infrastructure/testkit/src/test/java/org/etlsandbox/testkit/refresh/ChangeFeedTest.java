package org.etlsandbox.testkit.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.etlsandbox.change.ChangeFeed;
import org.etlsandbox.change.PollOptions;
import org.etlsandbox.change.PollResult;
import org.etlsandbox.control.Checkpoints;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.flat.RefreshScope.Rentals;
import org.etlsandbox.refresh.Refresher;
import org.etlsandbox.refresh.ScopeSource;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.Settled;
import org.etlsandbox.source.SettledClock;
import org.etlsandbox.source.Source;
import org.etlsandbox.source.SourceSnapshot;
import org.etlsandbox.source.SourceTable;
import org.etlsandbox.testkit.TestLease;
import org.etlsandbox.testkit.control.TestControl;
import org.etlsandbox.testkit.memory.InMemoryDestination;
import org.etlsandbox.testkit.memory.InMemorySakila;
import org.etlsandbox.testkit.sakila.SakilaRow;
import org.etlsandbox.testkit.sakila.SampleSakila;
import org.etlsandbox.trace.Traces;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** One poll after the other, on checkpoints in a real control database. */
class ChangeFeedTest {

  private static final long EPOCH = 3;
  private static final int PAGE = 7;
  private static final int BATCH = 10;
  private static final Set<SourceTable> ALL = EnumSet.allOf(SourceTable.class);

  private final InMemorySakila sakila = new InMemorySakila(true);
  private final Source source = sakila.open();
  private final InMemoryDestination destination = new InMemoryDestination();
  private final Refreshing refreshing = new Refreshing();
  private TestControl control;
  private Checkpoints checkpoints;

  /** What Jupiter's clock says, with a settled moment that a test can hold. */
  private final SettledClock clock = this::settle;

  private Duration settleRest = Duration.ZERO;
  private boolean unsettled;
  private @Nullable Instant heldAt;

  @BeforeEach
  void open(TestReporter reporter) {
    control = new TestControl(reporter);
    checkpoints = new Checkpoints(control.database(), TestControl.WORKER);
    destination.raiseFence(EPOCH);
    sakila.put(SampleSakila.shop(60, 1, sakila.now()));
    sakila.letPass(Duration.ofSeconds(60));
    control.watermarks(sakila.now().minusSeconds(1), EPOCH);
    try (SourceSnapshot snapshot = source.snapshot()) {
      refreshing.refresher.refresh(new RefreshScope.Range(0, 10_000), snapshot, 1);
    }
  }

  @AfterEach
  void close() {
    if (control != null) {
      control.close();
    }
  }

  @Test
  void whatChangedReachesTheDestinationAndTheWatermarksMove() {
    ChangeFeed feed = feed(ALL);
    sakila.put(new SakilaRow.Customer(2, "NEW", "NAME", sakila.now()));
    sakila.letPass(Duration.ofSeconds(5));

    PollResult result = feed.poll(refreshing);
    assertThat(result.moved()).isTrue();
    assertThat(result.heldFor()).isZero();
    assertThat(result.held()).isNull();
    assertThat(result.phases().refresh()).isPositive();
    expectInStep();
    assertThat(checkpoints.read())
        .hasSize(7)
        .allSatisfy(
            (table, watermark) -> assertThat(watermark).isEqualTo(sakila.now().minusSeconds(1)));
  }

  @Test
  void aPollWithNothingNewRefreshesNothingAndMovesTheWatermarks() {
    ChangeFeed feed = feed(ALL);
    sakila.letPass(Duration.ofSeconds(5));

    assertThat(feed.poll(refreshing).moved()).isFalse();
    assertThat(refreshing.scopes).isEmpty();
    assertThat(checkpoints.read()).containsEntry(SourceTable.FILM, sakila.now().minusSeconds(1));
  }

  /** The version goes before the snapshot: without the one there is none of the other. */
  @Test
  void aPollWithNothingNewAsksWhatHasChangedAndNothingElse() {
    sakila.letPass(Duration.ofSeconds(5));

    feed(ALL).poll(refreshing);
    assertThat(refreshing.version).as("no version was drawn").isEqualTo(1);
  }

  /** What is not read this time was committed after the clock was asked: the next poll reads it. */
  @Test
  void aTableThatChangesAfterItWasAskedIsReadByTheNextPoll() {
    ChangeFeed feed = feed(ALL);
    sakila.put(new SakilaRow.Customer(2, "NEW", "NAME", sakila.now()));
    refreshing.beforehand = () -> sakila.put(new SakilaRow.Film(1, "LATER", sakila.now()));
    feed.poll(refreshing);
    assertThat(destination.live())
        .as("films were not asked for their changes; the customer's rentals have the new title")
        .noneMatch(flat -> flat.filmTitle().equals("LATER") && flat.customerId() != 2);

    refreshing.beforehand = () -> {};
    feed.poll(refreshing);
    expectInStep();
  }

  /** Its statement is older than the settled moment that is answered then. */
  @Test
  void whatIsCommittedWhileTheClockIsAskedIsRead() {
    sakila.letPass(Duration.ofSeconds(5));
    ChangeFeed feed =
        new ChangeFeed(
            source,
            () -> {
              sakila.put(new SakilaRow.Film(1, "LATE", sakila.now().minusSeconds(3)));
              return settle();
            },
            destination,
            checkpoints,
            ALL,
            options(),
            EPOCH,
            Traces.OFF);
    feed.poll(refreshing);
    expectInStep();
  }

  @Test
  void betweenTwoQuestionsToTheClockChangesAreCopiedAndTheWatermarksStay() {
    settleRest = Duration.ofMillis(400);
    AtomicInteger asked = new AtomicInteger();
    ChangeFeed feed =
        new ChangeFeed(
            source,
            () -> {
              asked.incrementAndGet();
              return settle();
            },
            destination,
            checkpoints,
            ALL,
            options(),
            EPOCH,
            Traces.OFF);
    feed.poll(refreshing);
    Map<SourceTable, Instant> first = checkpoints.read();
    for (int second = 0; second < 3; second++) {
      sakila.letPass(Duration.ofSeconds(5));
      sakila.put(new SakilaRow.Customer(2, "NEW", "NAME" + second, sakila.now()));
      feed.poll(refreshing);
      expectInStep();
    }
    assertThat(asked).hasValue(1);
    assertThat(checkpoints.read()).isEqualTo(first);

    pause(450);
    feed.poll(refreshing);
    assertThat(asked).hasValue(2);
    assertThat(checkpoints.read()).containsEntry(SourceTable.FILM, sakila.now().minusSeconds(1));
  }

  @Test
  void scopesAreBoundedAndDisjointWhateverTheNumberOfPages() {
    ChangeFeed feed = feed(ALL);
    // Every table, in several pages each: most rentals are touched many times
    sakila.put(SampleSakila.shop(60, 2, sakila.now()));

    feed.poll(refreshing);
    expectInStep();
    Set<Long> refreshed = new HashSet<>();
    for (long[] scope : refreshing.scopes) {
      assertThat(scope).hasSizeBetween(1, BATCH);
      for (long rental : scope) {
        assertThat(refreshed.add(rental)).as("rental %d once in a poll", rental).isTrue();
      }
    }
    assertThat(refreshed).hasSize(60);
    assertThat(refreshing.scopes).hasSize(6);
  }

  @Test
  void aPaymentThatMovedAwayIsTakenFromTheRentalThatHadIt() {
    ChangeFeed feed = feed(ALL);
    long payment = sakila.join().getFirst().paymentId();
    sakila.put(new SakilaRow.Payment(payment, 600L, 299, sakila.now()));

    feed.poll(refreshing);
    expectInStep();
    assertThat(refreshing.rentals()).containsExactlyInAnyOrder(10L, 600L);

    sakila.put(new SakilaRow.Payment(payment, null, 299, sakila.now()));
    feed.poll(refreshing);
    expectInStep();
  }

  @Test
  void whatWasRefreshedIsNotRefreshedAgainThoughItIsReadAgain() {
    ChangeFeed feed = feed(ALL);
    heldAt = sakila.now().minusSeconds(1);
    sakila.put(new SakilaRow.Customer(2, "NEW", "NAME", sakila.now()));
    feed.poll(refreshing);
    refreshing.scopes.clear();

    sakila.letPass(Duration.ofSeconds(5));
    assertThat(feed.poll(refreshing).moved()).isFalse();
    assertThat(refreshing.scopes).isEmpty();
  }

  @Test
  void aSecondCommitWithinTheSameSecondIsSeen() {
    ChangeFeed feed = feed(ALL);
    sakila.put(new SakilaRow.Customer(2, "FIRST", "NAME", sakila.now()));
    feed.poll(refreshing);
    sakila.put(new SakilaRow.Customer(2, "SECOND", "NAME", sakila.now()));
    feed.poll(refreshing);
    expectInStep();
  }

  /** The row of a film's category is the same each time; in between a refresh has dropped it. */
  @Test
  void aFilmThatMovesBetweenCategoriesAndBackIsSeenEachTime() {
    heldAt = sakila.now().minusSeconds(1);
    sakila.put(new SakilaRow.Category(7, "Seventh", sakila.now()));
    sakila.put(new SakilaRow.Category(8, "Eighth", sakila.now()));
    ChangeFeed feed = feed(ALL);
    for (int round = 0; round < 4; round++) {
      int from = 7 + round % 2;
      int to = 7 + (round + 1) % 2;
      sakila.delete(SourceTable.FILM_CATEGORY, new ChangeKey(1, from));
      sakila.put(new SakilaRow.FilmCategory(1, to, sakila.now()));
      feed.poll(refreshing);
      expectInStep();
      sakila.letPass(Duration.ofSeconds(2));
    }
  }

  @Test
  void aPaymentPutBackAsItWasIsSeen() {
    heldAt = sakila.now().minusSeconds(1);
    ChangeFeed feed = feed(ALL);
    sakila.put(new SakilaRow.Payment(1_000, 10L, 299, sakila.now()));
    feed.poll(refreshing);
    sakila.letPass(Duration.ofSeconds(2));

    sakila.delete(SourceTable.PAYMENT, new ChangeKey(1_000));
    sakila.put(
        new SakilaRow.Rental(10, LocalDateTime.of(2020, 1, 1, 0, 0), 1, 1, null, sakila.now()));
    feed.poll(refreshing);
    expectInStep();
    sakila.letPass(Duration.ofSeconds(2));

    sakila.put(new SakilaRow.Payment(1_000, 10L, 299, sakila.now()));
    feed.poll(refreshing);
    expectInStep();
  }

  @Test
  void aMemoryThatIsTooSmallCostsWorkAndNothingElse() {
    heldAt = sakila.now().minusSeconds(1);
    ChangeFeed feed =
        new ChangeFeed(
            source,
            clock,
            destination,
            checkpoints,
            ALL,
            new PollOptions(PAGE, BATCH, 2, 2, Duration.ZERO),
            EPOCH,
            Traces.OFF);
    sakila.put(SampleSakila.shop(60, 2, sakila.now()));
    for (int poll = 0; poll < 3; poll++) {
      feed.poll(refreshing);
      expectInStep();
    }
  }

  @Test
  void theWatermarksStayWhileNothingIsSettled() {
    Instant before = sakila.now().minusSeconds(1);
    unsettled = true;
    ChangeFeed feed = feed(ALL);
    sakila.put(new SakilaRow.Customer(2, "NEW", "NAME", sakila.now()));
    sakila.letPass(Duration.ofSeconds(5));

    PollResult result = feed.poll(refreshing);
    assertThat(result.held()).isEqualTo("the test");
    assertThat(result.heldFor()).isEqualTo(Duration.ofSeconds(9));
    expectInStep();
    assertThat(checkpoints.read().values()).containsOnly(before);
  }

  @Test
  void theWatermarksNeverMoveBeyondWhatIsSettled() {
    heldAt = sakila.now();
    ChangeFeed feed = feed(ALL);
    sakila.letPass(Duration.ofSeconds(50));
    sakila.put(new SakilaRow.Customer(2, "NEW", "NAME", sakila.now()));

    feed.poll(refreshing);
    assertThat(checkpoints.read().values()).containsOnly(heldAt);
    // What commits late, though its statement is older than what was refreshed
    sakila.put(new SakilaRow.Customer(3, "LATE", "COMMIT", heldAt));
    feed.poll(refreshing);
    expectInStep();
  }

  @Test
  void theWatermarksMoveOnlyWhenTheDestinationHasEverything() {
    Instant before = sakila.now().minusSeconds(1);
    ChangeFeed feed = feed(ALL);
    sakila.put(new SakilaRow.Customer(2, "NEW", "NAME", sakila.now()));
    sakila.letPass(Duration.ofSeconds(5));
    refreshing.afterwards =
        () -> assertThat(checkpoints.read().values()).as("during the refresh").containsOnly(before);

    feed.poll(refreshing);
    assertThat(refreshing.scopes).isNotEmpty();
    assertThat(checkpoints.read().values()).doesNotContain(before);
  }

  @Test
  void whenARefreshFailsNothingHasMovedAndNothingIsRemembered() {
    Instant before = sakila.now().minusSeconds(1);
    ChangeFeed feed = feed(ALL);
    sakila.put(new SakilaRow.Customer(2, "NEW", "NAME", sakila.now()));
    sakila.letPass(Duration.ofSeconds(5));
    destination.failWith(new StoreException(Kind.UNAVAILABLE, "gone"));

    assertThatThrownBy(() -> feed.poll(refreshing)).isInstanceOf(StoreException.class);
    assertThat(checkpoints.read().values()).containsOnly(before);

    destination.failWith(null);
    assertThat(feed.poll(refreshing).moved()).isTrue();
    expectInStep();
  }

  @Test
  void aVersionIsDrawnBeforeTheSnapshotIsOpened() {
    ChangeFeed feed = feed(ALL);
    sakila.put(new SakilaRow.Customer(2, "BEFORE", "NAME", sakila.now()));
    // A change that is committed while the version is drawn must be in the snapshot
    refreshing.beforehand =
        () -> sakila.put(new SakilaRow.Customer(2, "AFTER", "NAME", sakila.now()));

    feed.poll(refreshing);
    expectInStep();
  }

  @Test
  void aTableWithoutAnIndexRestsTenTimesAsLongAsItsScanTook() {
    Set<SourceTable> indexed = EnumSet.of(SourceTable.CUSTOMER);
    ChangeFeed feed = feed(indexed);
    refreshing.afterwards = () -> pause(100);
    sakila.put(new SakilaRow.Film(1, "FIRST", sakila.now()));
    feed.poll(refreshing);
    expectInStep();
    Instant filmsPolled = checkpoints.read().get(SourceTable.FILM);

    refreshing.afterwards = () -> {};
    sakila.letPass(Duration.ofSeconds(5));
    sakila.put(new SakilaRow.Film(1, "SECOND", sakila.now()));
    sakila.put(new SakilaRow.Customer(2, "NEW", "NAME", sakila.now()));
    feed.poll(refreshing);
    assertThat(destination.live())
        .as("customers have an index, films rest")
        .noneMatch(flat -> flat.filmTitle().equals("SECOND") && flat.customerId() != 2)
        .anyMatch(flat -> flat.customerName().equals("NEW NAME"));
    assertThat(checkpoints.read())
        .as("a table that rested has not been read up to now")
        .containsEntry(SourceTable.FILM, filmsPolled)
        .containsEntry(SourceTable.CUSTOMER, sakila.now().minusSeconds(1));

    pause(2_500); // ten times the scan, on a machine that is out of breath
    feed.poll(refreshing);
    expectInStep();
  }

  @Test
  void aClockBehindTheCheckpointIsRefusedWithBothTimes() {
    Instant now = sakila.now();
    checkpoints.advance(Set.of(SourceTable.PAYMENT), now.plusSeconds(60), EPOCH);

    StoreException refusal =
        catchThrowableOfType(StoreException.class, () -> feed(ALL).poll(refreshing));
    assertThat(refusal).isNotNull();
    assertThat(refusal.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(refusal)
        .hasMessageContaining("payment")
        .hasMessageContaining(now.plusSeconds(60).toString())
        .hasMessageContaining(now.toString());
    assertThat(refreshing.scopes).isEmpty();

    sakila.letPass(Duration.ofSeconds(60));
    feed(ALL).poll(refreshing);
  }

  @Test
  void aLeaderWhoWasFollowedByAnotherMovesNoWatermark() {
    ChangeFeed feed = feed(ALL);
    checkpoints.advance(ALL, sakila.now(), EPOCH + 1);
    sakila.letPass(Duration.ofSeconds(30));

    StoreException refusal =
        catchThrowableOfType(StoreException.class, () -> feed.poll(refreshing));
    assertThat(refusal).isNotNull();
    assertThat(refusal.kind()).isEqualTo(Kind.FENCED);
    assertThat(checkpoints.read().values()).containsOnly(sakila.now().minusSeconds(30));
  }

  private ChangeFeed feed(Set<SourceTable> indexed) {
    return new ChangeFeed(
        source, clock, destination, checkpoints, indexed, options(), EPOCH, Traces.OFF);
  }

  private PollOptions options() {
    return new PollOptions(PAGE, BATCH, 2, 1_000, settleRest);
  }

  private Settled settle() {
    Instant now = sakila.now();
    if (unsettled) {
      return new Settled(now, null, Duration.ofSeconds(9), "the test");
    }
    return new Settled(now, heldAt != null ? heldAt : now.minusSeconds(1), Duration.ZERO, null);
  }

  private void expectInStep() {
    assertThat(destination.live()).containsExactlyElementsOf(sakila.join());
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Refreshes what it is given one scope after the other, and keeps the scopes. */
  private final class Refreshing implements ChangeFeed.ChangeRefresh {
    private final Refresher refresher = new Refresher(destination, TestLease.held(EPOCH));
    private final List<long[]> scopes = new ArrayList<>();
    private Runnable beforehand = () -> {};
    private Runnable afterwards = () -> {};
    private long version = 1;

    @Override
    public void prepareVersion() {
      beforehand.run();
      version++;
    }

    @Override
    public void run(ScopeSource source, SourceSnapshot snapshot) {
      for (RefreshScope scope = source.next(); scope != null; scope = source.next()) {
        scopes.add(((Rentals) scope).ids());
        refresher.refresh(scope, snapshot, version);
      }
      afterwards.run();
    }

    private List<Long> rentals() {
      return scopes.stream().flatMapToLong(Arrays::stream).boxed().toList();
    }
  }
}
