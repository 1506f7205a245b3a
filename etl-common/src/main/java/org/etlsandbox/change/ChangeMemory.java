package org.etlsandbox.change;

import java.time.Instant;
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
 * <p>By digest, since two commits within one second have the same {@code last_update}; and by
 * {@code last_update}, since a row that was deleted and later put back has the same digest, though
 * a refresh in between has taken it out of the destination. Bounded: the oldest entries fall out,
 * which costs a repeated refresh and nothing else. For one thread.
 */
final class ChangeMemory {

  private final int capacity;
  private final Map<SourceTable, Map<ChangeKey, State>> seen = new EnumMap<>(SourceTable.class);

  /**
   * @param capacity entries per table
   */
  ChangeMemory(int capacity) {
    this.capacity = capacity;
  }

  boolean knows(SourceTable table, Change change) {
    return State.of(change).equals(of(table).get(change.key()));
  }

  /**
   * To be called after the refresh that read this state in the same snapshot has been committed.
   */
  void remember(SourceTable table, Change change) {
    of(table).remove(change.key()); // moves it to the young end
    of(table).put(change.key(), State.of(change));
  }

  private Map<ChangeKey, State> of(SourceTable table) {
    return seen.computeIfAbsent(table, t -> bounded());
  }

  private Map<ChangeKey, State> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<ChangeKey, State> eldest) {
        return size() > ChangeMemory.this.capacity;
      }
    };
  }

  int capacity() {
    return capacity;
  }

  private record State(Instant lastUpdate, RowDigest digest) {
    static State of(Change change) {
      return new State(change.lastUpdate(), change.digest());
    }
  }
}
