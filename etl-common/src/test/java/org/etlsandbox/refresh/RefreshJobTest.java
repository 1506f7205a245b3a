package org.etlsandbox.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.flat.RefreshScope.Rentals;
import org.junit.jupiter.api.Test;

class RefreshJobTest {
  private static final int PARALLELISM = 8;

  private final List<RefreshScope> underWay = Collections.synchronizedList(new ArrayList<>());
  private final List<String> collisions = Collections.synchronizedList(new ArrayList<>());

  @Test
  void overlappingScopesGoOneAfterTheOther() {
    List<RefreshScope> scopes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      scopes.add(new Range(i * 5L, i * 5L + 10)); // shares half of itself with each neighbour
      scopes.add(new Rentals(i * 5L + 3, 1_000));
      scopes.add(new Range(0, 2_000));
    }
    List<RefreshScope> done = run(scopes, scope -> refresh(scope, () -> pause(1)));
    assertThat(collisions).isEmpty();
    assertThat(done).containsExactlyInAnyOrderElementsOf(scopes);
  }

  /** Each waits for the seven others to be under way: only possible at the same time. */
  @Test
  void disjointScopesGoAtTheSameTime() {
    List<RefreshScope> scopes = new ArrayList<>();
    for (int i = 0; i < PARALLELISM; i++) {
      scopes.add(
          i % 2 == 0 ? new Range(i * 10L, i * 10L + 10) : new Rentals(i * 10L + 1, i * 10L + 10));
    }
    CyclicBarrier allUnderWay = new CyclicBarrier(PARALLELISM);
    List<RefreshScope> done = run(scopes, scope -> refresh(scope, () -> await(allUnderWay)));
    assertThat(collisions).isEmpty();
    assertThat(done).containsExactlyInAnyOrderElementsOf(scopes);
  }

  private static List<RefreshScope> run(
      List<RefreshScope> scopes, Function<RefreshScope, ScopeOutcome> refresh) {
    Iterator<RefreshScope> rest = scopes.iterator();
    List<RefreshScope> done = new ArrayList<>();
    new RefreshJob("test", PARALLELISM, ObservationRegistry.NOOP)
        .run(
            () -> rest.hasNext() ? rest.next() : null,
            refresh,
            outcomes -> outcomes.forEach(outcome -> done.add(outcome.scope())),
            1);
    return done;
  }

  private ScopeOutcome refresh(RefreshScope scope, Runnable work) {
    synchronized (underWay) {
      underWay.stream()
          .filter(scope::overlaps)
          .forEach(other -> collisions.add(scope + " while " + other));
      underWay.add(scope);
    }
    work.run();
    synchronized (underWay) {
      underWay.remove(scope);
    }
    return new ScopeOutcome(scope, 1, RefreshResult.NOTHING, 0, Map.of());
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("Not all scopes came under way together", e);
    }
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
