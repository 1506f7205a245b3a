package org.etlsandbox.jupiter;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Ids in ascending order, each once, and the position of each. */
final class IdColumn {

  /** Of an id and, where they lie close together, of its place in the table of positions. */
  static final int BYTES = Long.BYTES + 2 * Integer.BYTES;

  /** Ids this close together are looked up in a table, others are searched. */
  private static final int MAX_IDS_PER_ENTRY = 2;

  private final long[] ids;
  private final int size;

  /** By the distance to the first id: position + 1, 0 for none. Null where ids lie far apart. */
  private final int @Nullable [] positions;

  private IdColumn(long[] ids, int size) {
    this.ids = ids;
    this.size = size;
    this.positions = positions();
  }

  /**
   * Null when the ids are not in ascending order, each once.
   *
   * @param ids not copied; only the first {@code size} count
   */
  static @Nullable IdColumn of(long[] ids, int size) {
    for (int i = 1; i < size; i++) {
      if (ids[i] <= ids[i - 1]) {
        return null;
      }
    }
    return new IdColumn(ids, size);
  }

  private int @Nullable [] positions() {
    if (size == 0) {
      return null;
    }
    long span = ids[size - 1] - ids[0] + 1;
    if (span <= 0 || span > (long) MAX_IDS_PER_ENTRY * size) {
      return null;
    }
    int[] table = new int[(int) span];
    for (int i = 0; i < size; i++) {
      table[(int) (ids[i] - ids[0])] = i + 1;
    }
    return table;
  }

  int size() {
    return size;
  }

  long at(int position) {
    return ids[position];
  }

  /** The position of an id, -1 when it is not there. */
  int find(long id) {
    if (size == 0 || id < ids[0] || id > ids[size - 1]) {
      return -1;
    }
    if (positions != null) {
      return positions[(int) (id - ids[0])] - 1;
    }
    int found = Arrays.binarySearch(ids, 0, size, id);
    return found < 0 ? -1 : found;
  }
}
