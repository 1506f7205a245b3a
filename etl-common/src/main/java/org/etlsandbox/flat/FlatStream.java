package org.etlsandbox.flat;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Rows in ascending order of their key, each key once. For one thread; to be closed by whoever
 * opened it.
 */
public interface FlatStream extends AutoCloseable {

  /** The next row, valid until the next call, or null at the end. */
  @Nullable FlatRow next();

  @Override
  default void close() {}

  /** A stream over rows that are already in memory. */
  static FlatStream of(Iterable<? extends FlatRow> rows) {
    Iterator<? extends FlatRow> iterator = rows.iterator();
    return () -> iterator.hasNext() ? iterator.next() : null;
  }
}
