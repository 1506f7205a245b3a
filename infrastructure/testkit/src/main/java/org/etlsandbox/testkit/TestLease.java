package org.etlsandbox.testkit;

import java.util.function.BooleanSupplier;
import org.etlsandbox.destination.WriteLease;
import org.etlsandbox.failure.StoreException;

/**
 * A lease without a control database.
 *
 * @param held asked by every check
 */
public record TestLease(long epoch, BooleanSupplier held) implements WriteLease {

  /** Never runs out. */
  public static TestLease held(long epoch) {
    return new TestLease(epoch, () -> true);
  }

  /** Has run out before it is first asked. */
  public static TestLease lapsed(long epoch) {
    return new TestLease(epoch, () -> false);
  }

  @Override
  public void ensureHeld() {
    if (!held.getAsBoolean()) {
      throw new StoreException(
          StoreException.Kind.FENCED, "The lease of epoch %d has run out".formatted(epoch));
    }
  }
}
