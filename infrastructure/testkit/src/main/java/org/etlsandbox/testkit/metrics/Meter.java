package org.etlsandbox.testkit.metrics;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A meter as Prometheus sees it.
 *
 * @param tags name → all values
 */
record Meter(String name, String type, SortedMap<String, SortedSet<String>> tags) {

  Meter(String name, String type, Map<String, ? extends Set<String>> tags) {
    SortedMap<String, SortedSet<String>> sorted = new TreeMap<>();
    tags.forEach((tag, values) -> sorted.put(tag, new TreeSet<>(values)));
    this(name, type, sorted);
  }
}
