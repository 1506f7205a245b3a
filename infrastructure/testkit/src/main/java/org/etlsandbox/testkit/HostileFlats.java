package org.etlsandbox.testkit;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.etlsandbox.flat.CustomerOrderFlat;

/** Values that a careless copy rounds, shifts, trims, folds or truncates. */
public final class HostileFlats {

  /** Jupiter's identifiers are unsigned and have at most 32 bits. */
  public static final long MAX_ID = 4_294_967_295L;

  /** First and last name of a customer have at most 45 characters each, with a blank between. */
  private static final int CUSTOMER_NAME = 91;

  private static final int FILM_TITLE = 255;
  private static final int CATEGORY = 25;

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "trailing blanks   ",
          "   leading blanks",
          "tab\there",
          "two\nlines",
          "carriage\r\nreturn",
          "\\N",
          "\\",
          "back\\slash\\\\twice",
          "\\.",
          "it's \"quoted\" `so`",
          "NULL",
          "null",
          "a,b;c|d\u0001e\u001Ff",
          "\u007F\u0080\u00A0",
          "straße ΐ İı ﬁ",
          "e\u0301 is not \u00E9",
          "שלום עליכם \u202Eevil\u202C",
          "مرحبا بالعالم",
          "🎬🎞️👩‍👩‍👧‍👦🏳️‍🌈",
          "𝒳𐍈𠜎",
          "\uFEFFbyte order mark",
          "\u200Bzero width\u200D",
          "\uFFFD\uFFFF",
          "%s ? :name $1 {fn}",
          "'; DROP TABLE customer_order_flat; --");

  /** Pairs that a lenient comparison takes for equal. */
  static final Map<String, String> LOOKALIKES =
      Map.ofEntries(
          Map.entry("Family", "FAMILY"),
          Map.entry("resume", "résumé"),
          Map.entry("blank", "blank "),
          Map.entry("", " "),
          Map.entry("\u00E9", "e\u0301"),
          Map.entry("straße", "strasse"),
          Map.entry("🎬", "🎞"),
          Map.entry("a\tb", "a b"),
          Map.entry("ｆｕｌｌ", "full"),
          Map.entry("zero", "ze\u200Bro"),
          Map.entry("\\N", "\\n"),
          Map.entry("あ", "ア"));

  /** Wall clock values that do not exist, or exist twice, in some time zone or calendar. */
  static final List<LocalDateTime> MOMENTS =
      List.of(
          LocalDateTime.of(1000, 1, 1, 0, 0, 0),
          LocalDateTime.of(1582, 10, 10, 12, 0, 0), // lost between the calendars
          LocalDateTime.of(1899, 12, 31, 23, 59, 59),
          LocalDateTime.of(1900, 1, 1, 0, 0, 0),
          LocalDateTime.of(1921, 12, 31, 23, 59, 59), // Bahia_Banderas leaves its local mean time
          LocalDateTime.of(1969, 12, 31, 23, 59, 59),
          LocalDateTime.of(1970, 1, 1, 0, 0, 0),
          LocalDateTime.of(1999, 12, 31, 23, 59, 59),
          LocalDateTime.of(2000, 1, 1, 0, 0, 0),
          LocalDateTime.of(2000, 2, 29, 0, 0, 1),
          LocalDateTime.of(2010, 4, 4, 2, 30, 0), // Bahia_Banderas: gap of two hours
          LocalDateTime.of(2015, 4, 5, 2, 30, 0), // Bahia_Banderas: gap
          LocalDateTime.of(2015, 10, 25, 1, 30, 0), // Bahia_Banderas: twice
          LocalDateTime.of(2011, 12, 30, 12, 0, 0), // Apia had no such day
          LocalDateTime.of(2024, 3, 10, 2, 30, 0), // New York: gap
          LocalDateTime.of(2024, 3, 31, 2, 30, 0), // Berlin: gap
          LocalDateTime.of(2024, 10, 27, 2, 30, 0), // Berlin: twice
          LocalDateTime.of(2038, 1, 19, 3, 14, 8),
          LocalDateTime.of(2106, 2, 7, 6, 28, 16),
          LocalDateTime.of(2299, 12, 31, 23, 59, 59),
          LocalDateTime.of(2300, 1, 1, 0, 0, 0),
          LocalDateTime.of(9999, 12, 31, 23, 59, 59));

  private static final List<Long> AMOUNTS =
      List.of(
          0L,
          1L,
          -1L,
          10L,
          99L,
          100L,
          150L,
          999_999L,
          1_000_000L,
          1_000_001L,
          -99_999_999L,
          100_000_000L,
          1_000_000_000L,
          CustomerOrderFlat.MAX_AMOUNT_CENTS,
          -CustomerOrderFlat.MAX_AMOUNT_CENTS);

  private HostileFlats() {}

  /** All of them, one rental each, in key order: rentals 1 to n, and the largest id. */
  public static List<CustomerOrderFlat> all() {
    List<SampleFlatRecipe> recipes = new ArrayList<>();
    for (String text : TEXTS) {
      recipes.add(row -> row.customerName(text).filmTitle(text).category(cut(text, CATEGORY)));
    }
    for (String filler : List.of("X", "é", "漢", "🎬")) {
      recipes.add(row ->
          row.customerName(filler.repeat(CUSTOMER_NAME))
              .filmTitle(filler.repeat(FILM_TITLE))
              .category(filler.repeat(CATEGORY)));
    }
    for (LocalDateTime moment : MOMENTS) {
      recipes.add(row -> row.rentalDate(moment).returnDate(null));
      recipes.add(row -> row.returnDate(moment));
    }
    for (long amount : AMOUNTS) {
      recipes.add(row -> row.amountCents(amount));
    }
    recipes.add(row -> row.customerId(MAX_ID).filmId(MAX_ID));
    recipes.add(row -> row.filmTitle("NUL \u0000 inside"));
    recipes.add(row -> row.customerName("\u0000"));
    recipes.add(row -> row.category("end\u0000"));

    List<CustomerOrderFlat> rows = new ArrayList<>();
    for (SampleFlatRecipe recipe : recipes) {
      long rental = rows.size() + 1L;
      rows.add(recipe.applyTo(SampleFlat.of(rental, MAX_ID - rental, 1 + rental % 16)).build());
    }
    rows.add(SampleFlat.row(MAX_ID, MAX_ID, MAX_ID));
    return rows;
  }

  static boolean hasNul(CustomerOrderFlat row) {
    return (row.customerName() + row.filmTitle() + row.category()).indexOf('\0') >= 0;
  }

  private static String cut(String text, int codePoints) {
    return text.codePointCount(0, text.length()) <= codePoints
        ? text
        : text.substring(0, text.offsetByCodePoints(0, codePoints));
  }

  private interface SampleFlatRecipe {
    SampleFlat applyTo(SampleFlat row);
  }
}
