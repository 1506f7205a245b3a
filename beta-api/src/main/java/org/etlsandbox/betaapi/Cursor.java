package org.etlsandbox.betaapi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.etlsandbox.service.InvalidParameterException;

/**
 * Where a page ended, as a text that tells a client nothing but what to send back: a checksum over
 * the query and the values, then the values, in the alphabet of URLs.
 *
 * <p>The checksum is no signature. It finds what was cut, mistyped or taken from another query;
 * whoever computes one gets the page after a position of their choice, which they may see anyway.
 */
final class Cursor {

  /** Of the form of all this. A text of another version is refused. */
  private static final String VERSION = "1";

  private static final int CHECKSUM = 9;

  /** Longer than any of ours. */
  private static final int LONGEST = 200;

  private static final String SEPARATOR = "\n";

  private Cursor() {}

  /**
   * @param query what is asked for and in which order: the same text when it is read
   * @param values without line breaks
   */
  static String write(String query, List<String> values) {
    String text = String.join(SEPARATOR, values);
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    byte[] all =
        Arrays.copyOf(
            Checksum.of(VERSION + "\0" + query + "\0" + text, CHECKSUM), CHECKSUM + body.length);
    System.arraycopy(body, 0, all, CHECKSUM, body.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /**
   * @throws InvalidParameterException where it was not written for this query
   */
  static List<String> read(String query, String cursor) {
    try {
      if (cursor.length() <= LONGEST) {
        byte[] all = Base64.getUrlDecoder().decode(cursor);
        byte[] body = Arrays.copyOfRange(all, Math.min(CHECKSUM, all.length), all.length);
        List<String> values =
            Arrays.asList(new String(body, StandardCharsets.UTF_8).split(SEPARATOR, -1));
        // The same letters, too: the last one has bits that decode to nothing
        if (write(query, values).equals(cursor)) {
          return values;
        }
      }
    } catch (IllegalArgumentException e) {
      // Letters that are not in the alphabet: refused below
    }
    throw refused(cursor);
  }

  static InvalidParameterException refused(String cursor) {
    return new InvalidParameterException(
        "cursor",
        cursor,
        "be 'next' of the page before, of the same filters and the same order; leave it out to begin anew");
  }
}
