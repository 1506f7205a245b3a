package org.etlsandbox.jupiter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.flat.RefreshScope.Rentals;
import org.jspecify.annotations.Nullable;

/**
 * The rentals of a scope as conditions of plain scans: a range, or lists of ids.
 *
 * @param bounds all its rentals are in there
 * @param conditions on a column {@code rental_id}, each on ids above those of the one before;
 *     numbers only
 * @param divisible whether ranges within it may be asked for
 */
record RentalScope(Range bounds, List<String> conditions, boolean divisible) {

  /** Null where an id is below 1: no range holds it. */
  static @Nullable RentalScope of(RefreshScope scope) {
    return switch (scope) {
      case Range range -> of(range);
      case Rentals rentals -> of(rentals.ids());
    };
  }

  static RentalScope of(Range range) {
    String condition = "> %d AND rental_id <= %d".formatted(range.from(), range.to());
    return new RentalScope(range, List.of(condition), true);
  }

  private static @Nullable RentalScope of(long[] ids) {
    if (ids[0] < 1) {
      return null;
    }
    List<String> lists = new ArrayList<>();
    for (int from = 0; from < ids.length; from += PolledTable.LONGEST_LIST) {
      int to = Math.min(ids.length, from + PolledTable.LONGEST_LIST);
      lists.add(
          Arrays.stream(ids, from, to)
              .mapToObj(Long::toString)
              .collect(Collectors.joining(", ", "IN (", ")")));
    }
    return new RentalScope(new Range(ids[0] - 1, ids[ids.length - 1]), lists, false);
  }
}
