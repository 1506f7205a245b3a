package org.etlsandbox.jupiter;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Ids in ascending order, each once, and the position of each. */
final class IdColumn {

  static final int BYTES = Long.BYTES;

  private final long[] ids;

  private IdColumn(long[] ids) {
    this.ids = ids;
  }

  /** Null when the ids are not in ascending order, each once. */
  static @Nullable IdColumn of(LongStream ascending) {
    long[] ids = ascending.toArray();
    for (int i = 1; i < ids.length; i++) {
      if (ids[i] <= ids[i - 1]) {
        return null;
      }
    }
    return new IdColumn(ids);
  }

  int size() {
    return ids.length;
  }

  long at(int position) {
    return ids[position];
  }

  /** The position of an id, -1 when it is not there. */
  int find(long id) {
    if (ids.length == 0 || id < ids[0] || id > ids[ids.length - 1]) {
      return -1;
    }
    // Without a gap the position is the distance to the first id; each gap moves it to the left
    int highest = (int) Math.min(id - ids[0], ids.length - 1);
    if (ids[highest] == id) {
      return highest;
    }
    int found = Arrays.binarySearch(ids, 0, highest, id);
    return found < 0 ? -1 : found;
  }
}
