package org.etlsandbox.benchmark;

import java.util.Arrays;
import java.util.Collection;

/** Of measured values. NaN where there is none. */
final class Statistics {

  private Statistics() {}

  /** The middle one, or halfway between the two in the middle. */
  static double median(Collection<Double> values) {
    double[] ascending = ascending(values);
    int size = ascending.length;
    return size == 0 ? Double.NaN : (ascending[(size - 1) / 2] + ascending[size / 2]) / 2;
  }

  /**
   * The smallest value that at least so many per cent of all do not exceed (nearest rank).
   *
   * @param percent above 0, at most 100
   */
  static double percentile(Collection<Double> values, double percent) {
    double[] ascending = ascending(values);
    if (ascending.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(percent / 100 * ascending.length);
    return ascending[Math.max(1, rank) - 1];
  }

  static double max(Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }

  static double min(Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
  }

  private static double[] ascending(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
