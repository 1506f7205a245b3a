package org.etlsandbox.engines.chdb;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the front must know of a statement: which of the engine's entry points takes it. Everything
 * else about SQL is left to the engine.
 */
final class Statement {
  private static final Pattern SKIPPED =
      Pattern.compile("(?s)(\\s|--[^\\n]*(\\n|$)|/\\*.*?\\*/|\\()*+");
  private static final Pattern WORD = Pattern.compile("[A-Za-z]+");
  private static final Pattern FORMAT_AT_END =
      Pattern.compile("(?is)\\sFORMAT\\s+(\\w+)\\s*;?\\s*$");
  private static final Pattern VALUES_AT_END = Pattern.compile("(?is)\\sVALUES\\s*;?\\s*$");
  private static final Pattern KILL =
      Pattern.compile("(?is)\\s*KILL\\s+QUERY\\s+.*\\bquery_id\\s*=\\s*'((?:[^'\\\\]|\\\\.)*)'.*");
  private static final Pattern STOPS_SERVER = Pattern.compile("(?i)SYSTEM\\s+(SHUTDOWN|KILL)\\b.*");

  /** Formats of which the chunks of a stream can follow each other. */
  static final String WITH_HEADER = "RowBinaryWithNamesAndTypes";

  private static final Set<String> STREAMABLE =
      Set.of(
          WITH_HEADER,
          "RowBinary",
          "Native",
          "TabSeparated",
          "TSV",
          "CSV",
          "JSONEachRow",
          "JSONCompactEachRow");

  /** Enough to see what an insert is, without decoding the data that may follow. */
  private static final int HEAD = 64 * 1024;

  private final byte[] bytes;
  private final String head;
  private final String verb;

  Statement(byte[] bytes) {
    this.bytes = bytes;
    head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.UTF_8);
    Matcher skipped = SKIPPED.matcher(head);
    int start = skipped.lookingAt() ? skipped.end() : 0;
    Matcher word = WORD.matcher(head).region(start, head.length());
    verb = word.lookingAt() ? word.group().toUpperCase(Locale.ROOT) : "";
  }

  byte[] bytes() {
    return bytes;
  }

  boolean isInsert() {
    return verb.equals("INSERT");
  }

  /** The format the statement itself asks for. */
  @Nullable String formatAtEnd() {
    if (isInsert() && bytes.length > HEAD) {
      return null;
    }
    Matcher found = FORMAT_AT_END.matcher(text());
    return found.find() ? found.group(1) : null;
  }

  boolean isStreamable(String format) {
    return (verb.equals("SELECT") || verb.equals("WITH"))
        && formatAtEnd() == null
        && STREAMABLE.contains(format);
  }

  /** An insert without its FORMAT or VALUES, as the engine wants it when the data comes apart. */
  byte[] withoutFormat() {
    String text = text();
    for (Pattern end : new Pattern[] {FORMAT_AT_END, VALUES_AT_END}) {
      Matcher found = end.matcher(text);
      if (found.find()) {
        return text.substring(0, found.start()).getBytes(StandardCharsets.UTF_8);
      }
    }
    return bytes;
  }

  /** The query_id, still quoted as a literal's inside, that a KILL QUERY names. */
  @Nullable String killedQueryId() {
    Matcher found = KILL.matcher(head);
    return verb.equals("KILL") && found.matches() ? found.group(1) : null;
  }

  boolean stopsTheServer() {
    return verb.equals("SYSTEM")
        && STOPS_SERVER
            .matcher(head.substring(head.toUpperCase(Locale.ROOT).indexOf("SYSTEM")))
            .lookingAt();
  }

  private String text() {
    return bytes.length <= HEAD ? head : new String(bytes, StandardCharsets.UTF_8);
  }
}
