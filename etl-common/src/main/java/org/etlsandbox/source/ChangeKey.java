package org.etlsandbox.source;

import java.util.Comparator;

/**
 * Primary key of a polled row.
 *
 * @param second the second column of film_category's key (category_id), 0 for the other tables
 */
public record ChangeKey(long first, long second) implements Comparable<ChangeKey> {

  private static final Comparator<ChangeKey> ORDER =
      Comparator.comparingLong(ChangeKey::first).thenComparingLong(ChangeKey::second);

  public ChangeKey(long id) {
    this(id, 0);
  }

  @Override
  public int compareTo(ChangeKey other) {
    return ORDER.compare(this, other);
  }
}
