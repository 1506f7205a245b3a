package org.etlsandbox.sakila;

import java.util.List;

/**
 * Names of people and films, a quarter of them such as copying tools get wrong: accents (composed
 * and decomposed), apostrophes, quotes, separators, CJK, right-to-left, four-byte emoji, blanks at
 * the ends, the longest that a column takes.
 */
final class Names {

  /** Length of {@code customer.first_name} and {@code last_name}, in characters, not bytes. */
  static final int MAX_NAME = 45;

  /** Length of {@code film.title}, in characters. */
  static final int MAX_TITLE = 128;

  static final List<String> CATEGORIES =
      List.of(
          "Action",
          "Animation",
          "Children",
          "Classics",
          "Comedy",
          "Documentary",
          "Drama",
          "Family",
          "Foreign",
          "Games",
          "Horror",
          "Music",
          "New",
          "Sci-Fi",
          "Sports",
          "Travel");

  private static final List<String> FIRST =
      List.of(
          "ADA", "BEATRIZ", "CARLOS", "DANA", "ELENA", "FELIX", "GRETA", "HUGO", "IDA", "JONAS",
          "KARIN", "LEO", "MARTA", "NILS", "OLGA", "PABLO", "QUINN", "RITA", "SAM", "TESSA", "UMA",
          "VERA", "WALTER", "XENIA", "YUSUF", "ZOE", "AMIR", "BIANCA", "CLEO", "DAVID");

  private static final List<String> LAST =
      List.of(
          "ABBOTT",
          "BERGMAN",
          "CASTRO",
          "DUBOIS",
          "EKLUND",
          "FISCHER",
          "GARCIA",
          "HANSEN",
          "IVANOV",
          "JANSEN",
          "KOWALSKI",
          "LARSEN",
          "MORETTI",
          "NOVAK",
          "OLSEN",
          "PETROV",
          "QUIROGA",
          "ROSSI",
          "SILVA",
          "TANAKA",
          "URBAN",
          "VOGEL",
          "WEBER",
          "XU",
          "YILDIZ",
          "ZIMMER",
          "ADEYEMI",
          "BAKER",
          "CHEN",
          "DIAZ");

  private static final List<String> HOSTILE_FIRST =
      List.of(
          "JOSÉ",
          "Zoë",
          "Jose\u0301", // the same accent as a combining character
          "SIOBHÁN",
          "Łukasz",
          "Ñusta",
          "美咲",
          "伟",
          "지훈",
          "Ольга",
          "Γιώργος",
          "שרה",
          "محمد",
          "Emoji 🎬",
          "👩‍👩‍👧‍👦",
          "𠮷野",
          "Trailing ",
          " Leading",
          "Tab\there",
          "M".repeat(MAX_NAME),
          "ﬁ ligature",
          "İIıi");

  private static final List<String> HOSTILE_LAST =
      List.of(
          "O'BRIEN",
          "D’Angelo",
          "Müller-Lüdenscheidt",
          "Nguyễn",
          "Strauß",
          "\"Quoted\"",
          "back\\slash",
          "pipe|bar",
          "100%_wild",
          "semi;colon, comma",
          "NULL",
          "渡辺",
          "Smith ",
          "🍿".repeat(MAX_NAME),
          "ß",
          "Σίσυφος",
          "Ångström");

  private static final List<String> ADJECTIVES =
      List.of(
          "AMBER",
          "BROKEN",
          "CRIMSON",
          "DISTANT",
          "ELECTRIC",
          "FORGOTTEN",
          "GOLDEN",
          "HIDDEN",
          "IRON",
          "JADED",
          "LONELY",
          "MIDNIGHT",
          "NORTHERN",
          "PALE",
          "QUIET",
          "RESTLESS",
          "SILVER",
          "TWISTED",
          "VELVET",
          "WANDERING");

  private static final List<String> NOUNS =
      List.of(
          "ARCHIVE",
          "BRIDGE",
          "CARNIVAL",
          "DESERT",
          "EMPIRE",
          "FALCON",
          "GARDEN",
          "HARBOR",
          "ISLAND",
          "JOURNEY",
          "LANTERN",
          "MIRROR",
          "ORCHARD",
          "PARADE",
          "RIVER",
          "SHADOW",
          "TEMPLE",
          "VALLEY",
          "WINTER",
          "ZEPPELIN");

  private static final List<String> HOSTILE_TITLES =
      List.of(
          "AMÉLIE À PARIS",
          "DAS BOOT – ÜBERLÄNGE",
          "七人の侍",
          "기생충",
          "Сталкер",
          "L'AVVENTURA",
          "THE 'QUOTED' \"TITLE\"",
          "EMOJI 🎥🍿 NIGHT",
          "C:\\FILMS\\NEW",
          "A|B|C",
          "TRAILING BLANK ",
          "50% OFF; DROP TABLE film",
          "\t",
          "🎞".repeat(MAX_TITLE),
          "Ž".repeat(MAX_TITLE),
          "");

  private Names() {}

  /** First name of the {@code index}-th customer: every fourth is a hostile one, each in turn. */
  static String first(long index, Draw draw) {
    return index % 4 == 1 ? turn(HOSTILE_FIRST, index / 4) : draw.oneOf(FIRST);
  }

  /** Last name of the {@code index}-th customer: every fifth is a hostile one, each in turn. */
  static String last(long index, Draw draw) {
    return index % 5 == 1 ? turn(HOSTILE_LAST, index / 5) : draw.oneOf(LAST);
  }

  static String title(long index, Draw draw) {
    return index % 8 == 3
        ? turn(HOSTILE_TITLES, index / 8)
        : draw.oneOf(ADJECTIVES) + " " + draw.oneOf(NOUNS);
  }

  private static String turn(List<String> values, long index) {
    return values.get((int) (index % values.size()));
  }
}
