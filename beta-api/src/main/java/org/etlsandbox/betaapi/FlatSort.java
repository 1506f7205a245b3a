package org.etlsandbox.betaapi;

import org.etlsandbox.service.InvalidParameterException;
import org.jspecify.annotations.Nullable;

/**
 * The order of flats: by a column and, where that is equal, by the key, both in the same direction,
 * so that an index serves either one. Total, since keys are unique.
 */
record FlatSort(SortColumn column, boolean descending) {

  static final FlatSort BY_KEY = new FlatSort(SortColumn.RENTAL_ID, false);

  /**
   * @param given {@code amount} or {@code -amount}; null: by key
   */
  static FlatSort of(@Nullable String given) {
    if (given == null) {
      return BY_KEY;
    }
    boolean descending = given.startsWith("-");
    return SortColumn.of(descending ? given.substring(1) : given)
        .map(column -> new FlatSort(column, descending))
        .orElseThrow(() ->
            new InvalidParameterException(
                "sort",
                given,
                "be one of %s, with a leading - for descending".formatted(SortColumn.all())));
  }

  boolean byKey() {
    return column == SortColumn.RENTAL_ID;
  }

  String fingerprint() {
    return (descending ? "-" : "") + column.parameter();
  }
}
