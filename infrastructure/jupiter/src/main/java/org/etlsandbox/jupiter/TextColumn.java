package org.etlsandbox.jupiter;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Texts by position, or why a text cannot be copied exactly. */
final class TextColumn {

  /** What a String holds beside its characters, about. */
  private static final int OVERHEAD_BYTES = 48;

  private final String name;
  private final List<String> texts = new ArrayList<>();
  private final Map<Integer, String> defects = new HashMap<>();
  private long bytes;

  /**
   * @param name of the column, for people
   */
  TextColumn(String name) {
    this.name = name;
  }

  void add(ResultSet row, int at) throws SQLException {
    try {
      String text = FlatValues.text(row, at, name);
      texts.add(text);
      bytes += OVERHEAD_BYTES + 2L * text.length();
    } catch (FlatValues.DefectException e) {
      defects.put(texts.size(), e.reason());
      texts.add("");
      bytes += 2 * OVERHEAD_BYTES;
    }
  }

  String at(int position) {
    return texts.get(position);
  }

  @Nullable String defect(int position) {
    return defects.isEmpty() ? null : defects.get(position);
  }

  /** How much memory it takes, about. */
  long bytes() {
    return bytes;
  }
}
