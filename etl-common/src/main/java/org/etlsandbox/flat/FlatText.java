package org.etlsandbox.flat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A text with what writers ask of it, worked out once: a name, a title or a category comes again in
 * hundreds of rows. Immutable.
 */
public final class FlatText {

  /** The empty text. */
  public static final FlatText EMPTY = of("");

  private final String text;
  private final byte[] utf8;
  private final @Nullable String flaw;

  private FlatText(String text) {
    this.text = text;
    this.utf8 = text.getBytes(StandardCharsets.UTF_8);
    this.flaw = flawOf(text);
  }

  public static FlatText of(String text) {
    return new FlatText(text);
  }

  /** The text in UTF-8; not a copy, so not to be changed. Half a surrogate pair has become '?'. */
  public byte[] utf8() {
    return utf8;
  }

  /**
   * What not every engine can store, and where: a NUL, or half of a surrogate pair, which has no
   * UTF-8. Null when there is no such thing.
   */
  public @Nullable String flaw() {
    return flaw;
  }

  private static @Nullable String flawOf(String text) {
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

  @Override
  public String toString() {
    return text;
  }
}
