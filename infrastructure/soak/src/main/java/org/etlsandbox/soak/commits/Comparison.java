package org.etlsandbox.soak.commits;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All rows of a destination against all rows of Jupiter's join.
 *
 * @param missing rows that only Jupiter has
 * @param wrong rows that both have, with different values
 * @param extra rows that only the destination has
 * @param examples some of these, in words
 */
public record Comparison(int rows, int missing, int wrong, int extra, List<String> examples) {

  private static final int EXAMPLES = 5;

  public Comparison {
    examples = List.copyOf(examples);
  }

  public boolean isEqual() {
    return missing + wrong + extra == 0;
  }

  /** Rows as text that begin with the three numbers of their key: {@code 1|2|3|…}. */
  static Comparison of(List<String> jupiter, List<String> destination) {
    Map<String, String> held = new HashMap<>();
    for (String row : destination) {
      held.put(key(row), row);
    }
    List<String> examples = new ArrayList<>();
    int missing = 0;
    int wrong = 0;
    // A key that a destination shows twice is one row too many
    int extra = destination.size() - held.size();
    for (String row : jupiter) {
      String theirs = held.remove(key(row));
      if (theirs == null) {
        missing++;
        add(examples, "missing: " + row);
      } else if (!theirs.equals(row)) {
        wrong++;
        add(examples, "wrong: " + theirs + " instead of " + row);
      }
    }
    extra += held.size();
    held.values().forEach(row -> add(examples, "extra: " + row));
    return new Comparison(jupiter.size(), missing, wrong, extra, examples);
  }

  private static void add(List<String> examples, String example) {
    if (examples.size() < EXAMPLES) {
      examples.add(example);
    }
  }

  private static String key(String row) {
    int end = row.indexOf('|', row.indexOf('|', row.indexOf('|') + 1) + 1);
    return row.substring(0, end);
  }
}
