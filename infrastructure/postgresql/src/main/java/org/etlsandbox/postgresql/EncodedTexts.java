package org.etlsandbox.postgresql;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Texts as PostgreSQL takes them, each encoded and examined once while it is remembered: a name, a
 * title or a category comes again in hundreds of rows.
 *
 * <p>Thread-safe: threads may overwrite each other's entries, which costs another encoding.
 */
final class EncodedTexts {

  /** A power of two; about 3 MB when all are taken. */
  private static final int REMEMBERED = 1 << 14;

  /** Longer ones would make the memory depend on the data. */
  private static final int MAX_LENGTH = 200;

  /**
   * A text in UTF-8.
   *
   * @param refusal why it cannot be stored, or null
   */
  record Encoded(String text, byte[] utf8, @Nullable String refusal) {

    static Encoded of(String text) {
      return new Encoded(text, text.getBytes(StandardCharsets.UTF_8), refusalOf(text));
    }
  }

  private final @Nullable Encoded[] remembered = new @Nullable Encoded[REMEMBERED];

  Encoded of(String text) {
    int hash = text.hashCode();
    int place = (hash ^ hash >>> 16) & REMEMBERED - 1;
    Encoded known = remembered[place];
    // Mostly the very same object, which is found out without a look at its characters
    if (known != null && (known.text == text || known.text.equals(text))) {
      return known;
    }
    Encoded encoded = Encoded.of(text);
    if (text.length() <= MAX_LENGTH) {
      remembered[place] = encoded;
    }
    return encoded;
  }

  /** PostgreSQL has no NUL, UTF-8 no lone surrogate. */
  private static @Nullable String refusalOf(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return "a NUL (U+0000) at position " + i;
      }
      if (Character.isSurrogate(c)) {
        if (!isPair(text, i)) {
          return "half a surrogate pair (U+%04X) at position %d".formatted((int) c, i);
        }
        i++;
      }
    }
    return null;
  }

  private static boolean isPair(String text, int index) {
    return Character.isHighSurrogate(text.charAt(index))
        && index + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(index + 1));
  }
}
