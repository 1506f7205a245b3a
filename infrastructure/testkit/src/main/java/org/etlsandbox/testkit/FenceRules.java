package org.etlsandbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etlsandbox.testkit.DestinationRules.assertFails;
import static org.etlsandbox.testkit.DestinationRules.result;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.destination.StoredFlat;
import org.etlsandbox.destination.WriteLease;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope.Range;
import org.junit.jupiter.api.Test;

/** One leader writes; whoever was replaced, or lost the lease, changes nothing any more. */
interface FenceRules extends DestinationRules {
  Range SCOPE = new Range(0, 10);

  @Test
  default void aStaleLeaderIsRefusedAndChangesNothing() {
    refresh(SCOPE, 1, SampleFlat.row(1, 1, 1), SampleFlat.row(2, 2, 1));
    List<StoredFlat> before = stored();
    destination().raiseFence(2);

    CustomerOrderFlat changed = SampleFlat.of(1, 1, 1).amountCents(5).build();
    assertFails(Kind.FENCED, () -> write(TestLease.held(1), 2, changed));
    assertFails(Kind.FENCED, () -> write(TestLease.held(1), 2, SampleFlat.row(3, 3, 1)));
    assertFails(Kind.FENCED, () -> write(TestLease.held(1), 2));
    assertThat(stored()).isEqualTo(before);

    assertThat(write(TestLease.held(2), 3, changed)).isEqualTo(result(0, 1, 1, 0));
  }

  @Test
  default void aStaleLeaderCannotFillAnEmptyDestination() {
    destination().raiseFence(2);
    assertFails(Kind.FENCED, () -> write(TestLease.held(1), 2, SampleFlat.row(1, 1, 1)));
    assertThat(stored()).isEmpty();
  }

  @Test
  default void aLeaderThatWasNeverAdmittedIsRefused() {
    assertFails(Kind.FENCED, () -> write(TestLease.held(2), 1, SampleFlat.row(1, 1, 1)));
    assertThat(stored()).isEmpty();
  }

  @Test
  default void theFenceIsNeverLowered() {
    destination().raiseFence(5);
    assertFails(Kind.FENCED, () -> destination().raiseFence(4));
    destination().raiseFence(5);
    assertThat(destination().prepare().epoch()).isEqualTo(5);
    assertThat(write(TestLease.held(5), 1, SampleFlat.row(1, 1, 1))).isEqualTo(result(1, 0, 0, 0));
  }

  @Test
  default void theFenceHoldsForEveryoneWhoOpensTheStore() {
    try (Destination other = store().open()) {
      other.raiseFence(2);
    }
    assertFails(Kind.FENCED, () -> write(TestLease.held(1), 1, SampleFlat.row(1, 1, 1)));
    assertThat(stored()).isEmpty();
  }

  @Test
  default void aLapsedLeaseWritesNothing() {
    refresh(SCOPE, 1, SampleFlat.row(1, 1, 1));
    List<StoredFlat> before = stored();
    assertFails(Kind.FENCED, () -> write(TestLease.lapsed(1), 2, SampleFlat.row(2, 2, 1)));
    assertFails(Kind.FENCED, () -> write(TestLease.lapsed(1), 2));
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  default void aLeaseThatLapsesWhileTheRowsAreReadWritesNothing() {
    AtomicBoolean held = new AtomicBoolean(true);
    List<CustomerOrderFlat> rows = new FlatGenerator(4).rows(new Range(0, 10));
    FlatStream read = FlatStream.of(rows);
    FlatStream losing =
        () -> {
          FlatRow row = read.next();
          if (row == null) {
            held.set(false);
          }
          return row;
        };
    WriteLease lease = new TestLease(1, held::get);
    assertFails(Kind.FENCED, () -> destination().refresh(SCOPE, losing, 1, lease));
    assertThat(stored()).isEmpty();
  }

  /** Once raiseFence has returned, no write of an earlier leader becomes visible any more. */
  @Test
  default void raisingTheFenceWaitsForAWriteUnderWayOrRefusesIt() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    FlatStream rows = FlatStream.of(new FlatGenerator(4).rows(SCOPE));
    FlatStream slow =
        () -> {
          reading.countDown();
          await(goOn);
          return rows.next();
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Void> write =
          CompletableFuture.runAsync(
              () -> destination().refresh(SCOPE, slow, 1, TestLease.held(1)), threads);
      await(reading);
      CompletableFuture<List<StoredFlat>> raised =
          CompletableFuture.supplyAsync(
              () -> {
                destination().raiseFence(2);
                return stored();
              },
              threads);
      Thread.sleep(Duration.ofMillis(200));
      goOn.countDown();
      boolean refused =
          write
              .handle((done, failure) -> failure != null && kindOf(failure) == Kind.FENCED)
              .get(60, TimeUnit.SECONDS);
      List<StoredFlat> afterRaising = raised.get(60, TimeUnit.SECONDS);
      assertThat(stored()).as("what was there when the fence stood").isEqualTo(afterRaising);
      assertThat(afterRaising.isEmpty()).as("nothing there where refused").isEqualTo(refused);
      assertFails(Kind.FENCED, () -> write(TestLease.held(1), 2, SampleFlat.row(9, 9, 1)));
    }
  }

  private RefreshResult write(WriteLease lease, long rowVersion, CustomerOrderFlat... rows) {
    return destination().refresh(SCOPE, FlatStream.of(List.of(rows)), rowVersion, lease);
  }

  private static Kind kindOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StoreException store) {
        return store.kind();
      }
    }
    throw new AssertionError("Failed, but not with a StoreException", failure);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("Waited for 60 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
