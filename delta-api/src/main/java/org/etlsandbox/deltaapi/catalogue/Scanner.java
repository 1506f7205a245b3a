package org.etlsandbox.deltaapi.catalogue;

import org.jspecify.annotations.Nullable;

/** Reads SQL as a catalogue shows it, from left to right. */
final class Scanner {

  private final String sql;
  private int position;

  Scanner(String sql) {
    this.sql = sql;
  }

  boolean atEnd() {
    return position == sql.length();
  }

  /** Moves past this text if it comes next. */
  boolean skip(String text) {
    if (!sql.startsWith(text, position)) {
      return false;
    }
    position += text.length();
    return true;
  }

  /** What is left. */
  String rest() {
    return sql.substring(position);
  }

  /** The characters up to one of these, which stays. */
  String until(String stops) {
    int start = position;
    while (position < sql.length() && stops.indexOf(sql.charAt(position)) < 0) {
      position++;
    }
    return sql.substring(start, position);
  }

  /**
   * What comes next between these quotes, without them; null where nothing quoted comes next or it
   * does not end. A doubled quote is one.
   *
   * @param backslashes whether a backslash escapes the next character
   */
  @Nullable String quoted(char quote, boolean backslashes) {
    if (position == sql.length() || sql.charAt(position) != quote) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    for (int i = position + 1; i < sql.length(); i++) {
      char c = sql.charAt(i);
      boolean more = i + 1 < sql.length();
      if (c == quote && more && sql.charAt(i + 1) == quote) {
        text.append(quote);
        i++;
      } else if (c == quote) {
        position = i + 1;
        return text.toString();
      } else if (backslashes && c == '\\' && more) {
        i++;
        text.append(escaped(sql.charAt(i)));
      } else {
        text.append(c);
      }
    }
    return null;
  }

  private static char escaped(char c) {
    return switch (c) {
      case '0' -> '\0';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'Z' -> '\u001a';
      default -> c;
    };
  }

  /** A whole text that is one quoted one, without its quotes; null where it is anything else. */
  static @Nullable String unquoted(String sql, boolean backslashes) {
    Scanner scanner = new Scanner(sql);
    String text = scanner.quoted('\'', backslashes);
    return scanner.atEnd() ? text : null;
  }
}
