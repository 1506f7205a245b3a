package org.etlsandbox.flat;

import java.util.Comparator;

/**
 * The key of a row: one rental can have several payments and one film several categories. Ordered
 * by rental, then payment, then category.
 */
public record FlatKey(long rentalId, long paymentId, long categoryId)
    implements Comparable<FlatKey> {

  private static final Comparator<FlatKey> ORDER =
      Comparator.comparingLong(FlatKey::rentalId)
          .thenComparingLong(FlatKey::paymentId)
          .thenComparingLong(FlatKey::categoryId);

  @Override
  public int compareTo(FlatKey other) {
    return ORDER.compare(this, other);
  }
}
