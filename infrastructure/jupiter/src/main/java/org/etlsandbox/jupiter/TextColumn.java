package org.etlsandbox.jupiter;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.etlsandbox.flat.FlatText;
import org.jspecify.annotations.Nullable;

/** Texts by position, or why a text cannot be copied exactly. */
final class TextColumn {

  /** What a text holds beside its characters, about: a String, two arrays and a FlatText. */
  private static final int OVERHEAD_BYTES = 96;

  /** Of a character, in the String and in UTF-8. */
  private static final int BYTES_PER_CHARACTER = 4;

  private final String name;
  private final List<FlatText> texts = new ArrayList<>();
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
      texts.add(FlatText.of(text));
      bytes += OVERHEAD_BYTES + (long) BYTES_PER_CHARACTER * text.length();
    } catch (FlatValues.DefectException e) {
      defects.put(texts.size(), e.reason());
      texts.add(FlatText.EMPTY);
      bytes += 2 * OVERHEAD_BYTES;
    }
  }

  FlatText at(int position) {
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
