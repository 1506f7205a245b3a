package org.etlsandbox.refresh;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.etlsandbox.flat.RefreshScope;

/**
 * Lets scopes that share a rental go one after the other, all others at the same time. Thread-safe.
 *
 * <p>In which order is of no account: every refresh writes the present.
 */
final class ScopeOrder {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private final List<RefreshScope> underWay = new ArrayList<>();

  /**
   * Waits until no overlapping scope is under way, then refreshes.
   *
   * @throws CancellationException when the thread is interrupted while it waits
   */
  <T> T run(RefreshScope scope, Function<RefreshScope, T> refresh) {
    enter(scope);
    try {
      return refresh.apply(scope);
    } finally {
      leave(scope);
    }
  }

  private void enter(RefreshScope scope) {
    lock.lock();
    try {
      while (underWay.stream().anyMatch(scope::overlaps)) {
        left.await();
      }
      underWay.add(scope);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted while %s waited for another".formatted(scope));
    } finally {
      lock.unlock();
    }
  }

  private void leave(RefreshScope scope) {
    lock.lock();
    try {
      underWay.remove(scope); // an equal one would overlap, so there is none
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
