package org.etlsandbox.change;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.etlsandbox.source.Change;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.RowDigest;
import org.etlsandbox.source.SourceTable;

/**
 * The state in which the latest refresh has read each recently changed row. What lies after the
 * watermark is read again by each poll; a row that is still in its remembered state needs no second
 * refresh.
 *
 * <p>By digest, not by {@code last_update}: two commits within one second have the same. Bounded:
 * the oldest entries fall out, which costs a repeated refresh and nothing else. For one thread.
 */
final class ChangeMemory {

  private final int capacity;
  private final Map<SourceTable, Map<ChangeKey, RowDigest>> seen = new EnumMap<>(SourceTable.class);

  /**
   * @param capacity entries per table
   */
  ChangeMemory(int capacity) {
    this.capacity = capacity;
  }

  boolean knows(SourceTable table, Change change) {
    return change.digest().equals(of(table).get(change.key()));
  }

  /**
   * To be called after the refresh that read this state in the same snapshot has been committed.
   */
  void remember(SourceTable table, Change change) {
    of(table).remove(change.key()); // moves it to the young end
    of(table).put(change.key(), change.digest());
  }

  /** Forgets everything: for whoever refreshed from another snapshot than a poll's. */
  void clear() {
    seen.values().forEach(Map::clear);
  }

  private Map<ChangeKey, RowDigest> of(SourceTable table) {
    return seen.computeIfAbsent(table, t -> bounded());
  }

  private Map<ChangeKey, RowDigest> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<ChangeKey, RowDigest> eldest) {
        return size() > ChangeMemory.this.capacity;
      }
    };
  }

  int capacity() {
    return capacity;
  }
}
