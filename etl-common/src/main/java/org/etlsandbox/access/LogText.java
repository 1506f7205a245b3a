package org.etlsandbox.access;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts of strangers in a log line: one word that ends no line and looks like no other field. */
final class LogText {

  private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{N}._:@/+*{}$|-]");
  private static final int LONGEST = 100;
  private static final String NONE = "-";

  private LogText() {}

  /** {@code -} for nothing. */
  static String of(@Nullable Object value) {
    String text = value == null ? "" : value.toString();
    if (text.isEmpty()) {
      return NONE;
    }
    String clean =
        OTHERS.matcher(text.substring(0, Math.min(text.length(), LONGEST))).replaceAll("_");
    return text.length() > LONGEST ? clean + "…" : clean;
  }
}
