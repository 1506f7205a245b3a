package org.etlsandbox.soak.values;

import java.util.ArrayList;
import java.util.List;

/** The values that go through every destination; their order is that of the docs. */
final class HostileValues {

  private static final String TEXT = "Text";
  private static final String AMOUNT = "Amounts";
  private static final String MOMENT = "Dates and times";
  private static final String ID = "Identifiers";

  /** {@code category.name}, the shortest of the three texts. */
  private static final int SHORTEST_TEXT = 25;

  /** As UTF-8 would write U+D83D if it could; only MariaDB takes it. */
  static final HostileValue HALF_SURROGATE =
      HostileValue.of(TEXT, "half a surrogate pair (MariaDB only: MySQL refuses it)")
          .with("film.title", "_utf8mb4 0xeda0bd");

  private HostileValues() {}

  static List<HostileValue> all() {
    List<HostileValue> values = new ArrayList<>();
    texts(values);
    amounts(values);
    moments(values);
    identifiers(values);
    return values;
  }

  private static void texts(List<HostileValue> values) {
    values.add(text("4-byte emoji (U+1F3AC)", "🎬 x 🎬"));
    values.add(text("ZWJ sequences and flags", "👩‍👩‍👧‍👦🏳️‍🌈🇲🇽"));
    values.add(text("supplementary planes", "𝒳𐍈𠜎\uDBFF\uDFFD"));
    values.add(text("accent composed (NFC)", "Ren\u00E9"));
    values.add(text("accent combining (NFD)", "Rene\u0301"));
    values.add(text("stacked combining marks", "Z\u0351\u036B\u0343\u036A\u0302"));
    values.add(text("ligature, dotted and dotless i, sharp s", "\uFB01 \u0130\u0131 \u00DF\u1E9E"));
    values.add(text("right to left", "\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627"));
    values.add(text("bidi controls", "\u202Eevil\u202C\u2066x\u2069\u200F"));
    values.add(text("zero-width and no-break spaces", "a\u200Bb\u00A0c\u2060d"));
    values.add(text("byte order mark at the front", "\uFEFFbom"));
    values.add(text("U+FFFD and noncharacters", "\uFFFD\uFFFE\uFFFF"));
    values.add(text("NUL (U+0000) inside", "a\u0000b"));
    values.add(text("NUL (U+0000) at the end", "ab\u0000"));
    values.add(text("control characters U+0001 to U+0019", controls(1, 25)));
    values.add(
        text("control characters U+001A to U+009F", "\u001A\u001B\u001F\u007F\u0080\u0085\u009F"));
    values.add(text("trailing spaces", "x   "));
    values.add(text("leading spaces", "   x"));
    values.add(text("a single space", " "));
    values.add(text("empty", ""));
    values.add(text("tab, newline, carriage return", "a\tb\nc\r\nd"));
    values.add(text("backslashes", "\\ \\N \\n \\\\ \\."));
    values.add(text("quotes", "it's \"so\" `here`"));
    values.add(text("the word NULL", "NULL"));
    values.add(text("placeholders and separators", "? :n $1 %s {d},;|"));
    values.add(text("SQL", "'; DROP TABLE film; --"));
    values.add(HALF_SURROGATE);
    for (String filler : List.of("X", "\u00E9", "\u6F22", "\uD83C\uDFAC")) {
      values.add(longest(filler, 128, false));
      values.add(longest(filler, 255, true));
    }
  }

  private static void amounts(List<HostileValue> values) {
    for (String amount : List.of("0.00", "0.01", "-0.01", "-0.10", "999.99", "-999.99")) {
      values.add(amount(amount));
    }
    for (String amount :
        List.of(
            "10000.00",
            "99999999.99",
            "-99999999.99",
            "100000000.00",
            "-100000000.00",
            "1.005",
            "-0.0001",
            "9999999999.9999",
            "NULL")) {
      values.add(amount(amount).onlyWhereWidened());
    }
  }

  private static void moments(List<HostileValue> values) {
    values.add(moment("1000-01-01 00:00:00", "the first that MySQL promises"));
    values.add(moment("9999-12-31 23:59:59", "the last that MySQL promises"));
    values.add(moment("0001-01-01 00:00:00", "kept by MySQL all the same"));
    values.add(moment("0099-12-31 23:59:59", "a year of two digits"));
    values.add(moment("1582-10-10 12:00:00", "lost between the calendars"));
    values.add(moment("1700-03-01 00:00:00", "only the old calendar had a leap day before it"));
    values.add(moment("1899-12-31 23:59:59", "before ClickHouse's range"));
    values.add(moment("1900-01-01 00:00:00", "first of ClickHouse's range"));
    values.add(moment("1969-12-31 23:59:59", "before the epoch"));
    values.add(moment("1970-01-01 00:00:00", "the epoch"));
    values.add(moment("2000-02-29 23:59:59", "leap day of a century"));
    values.add(moment("2038-01-19 03:14:08", "past 2^31 seconds"));
    values.add(moment("2106-02-07 06:28:16", "past 2^32 seconds"));
    values.add(moment("2262-04-11 23:47:17", "past 2^63 nanoseconds"));
    values.add(moment("2299-12-31 23:59:59", "last of ClickHouse's range"));
    values.add(moment("2300-01-01 00:00:00", "past ClickHouse's range"));
    values.add(moment("2024-03-31 02:30:00", "Europe/Berlin skips it"));
    values.add(moment("2024-10-27 02:30:00", "Europe/Berlin has it twice"));
    values.add(moment("2024-03-10 02:30:00", "America/New_York skips it"));
    values.add(moment("2024-11-03 01:30:00", "America/New_York has it twice"));
    values.add(moment("2010-04-04 02:30:00", "America/Bahia_Banderas skips it"));
    values.add(moment("2015-10-25 01:30:00", "America/Bahia_Banderas has it twice"));
    values.add(moment("2011-12-30 12:00:00", "Pacific/Apia had no such day"));
    values.add(moment("2016-12-31 23:59:59", "before a leap second"));
    values.add(moment("0000-00-00 00:00:00", "the zero date"));
    values.add(moment("2024-00-10 00:00:00", "no month"));
    values.add(moment("2024-02-00 00:00:00", "no day"));
    values.add(moment("2024-02-31 00:00:00", "a day that the calendar lacks"));
    values.add(moment("0000-01-01 00:00:00", "year 0"));
    values.add(moment("2024-05-05 10:00:00.25", "a quarter of a second").onlyWhereWidened());
    values.add(moment("2024-05-05 10:00:00.000001", "a microsecond").onlyWhereWidened());
    values.add(
        HostileValue.of(MOMENT, "return_date NULL: still out").with("rental.return_date", "NULL"));
    values.add(
        HostileValue.of(MOMENT, "return_date the zero date")
            .with("rental.return_date", "'0000-00-00 00:00:00'"));
    values.add(
        HostileValue.of(MOMENT, "return_date before rental_date")
            .with("rental.return_date", "'1999-12-31 23:59:59'"));
    values.add(
        HostileValue.of(MOMENT, "last_update NULL in payment and customer")
            .with("payment.last_update", "NULL")
            .with("customer.last_update", "NULL"));
    values.add(
        HostileValue.of(MOMENT, "last_update the zero date in rental")
            .with("rental.last_update", "'0000-00-00 00:00:00'"));
  }

  private static void identifiers(List<HostileValue> values) {
    values.add(
        HostileValue.of(ID, "TINYINT UNSIGNED 255 (category)").with("category.category_id", "255"));
    values.add(
        HostileValue.of(ID, "SMALLINT UNSIGNED 65535 (payment, customer, film)")
            .with("payment.payment_id", "65535")
            .with("customer.customer_id", "65535")
            .with("film.film_id", "65535"));
    values.add(
        HostileValue.of(ID, "MEDIUMINT UNSIGNED 16777215 (inventory)")
            .with("inventory.inventory_id", "16777215"));
    values.add(
        HostileValue.of(ID, "0 (payment, category, customer, film, inventory)")
            .with("payment.payment_id", "0")
            .with("category.category_id", "0")
            .with("customer.customer_id", "0")
            .with("film.film_id", "0")
            .with("inventory.inventory_id", "0"));
    values.add(rental("2147483646"));
    values.add(rental("2147483647"));
    values.add(rental("0"));
    values.add(rental("-1"));
    values.add(rental("-2147483648"));
    for (String id : List.of("2147483648", "4294967295", "4294967296", "9223372036854775807")) {
      values.add(rental(id).onlyWhereWidened());
      values.add(
          HostileValue.of(ID, "payment, category, customer, film and inventory " + id)
              .with("payment.payment_id", id)
              .with("category.category_id", id)
              .with("customer.customer_id", id)
              .with("film.film_id", id)
              .with("inventory.inventory_id", id)
              .onlyWhereWidened());
    }
    for (String table : List.of("payment", "customer", "film", "category")) {
      values.add(
          HostileValue.of(ID, table + "_id -1")
              .with(table + "." + table + "_id", "-1")
              .onlyWhereWidened());
    }
  }

  /** In all three texts of the flat. */
  private static HostileValue text(String title, String text) {
    return HostileValue.of(TEXT, title)
        .with("customer.first_name", HostileValue.text(text))
        .with("customer.last_name", HostileValue.text(text))
        .with("film.title", HostileValue.text(text))
        .with("category.name", HostileValue.text(text));
  }

  private static HostileValue longest(String filler, int title, boolean widened) {
    int bytes = HostileValue.hex(filler).length() / 2;
    HostileValue value =
        HostileValue.of(
                TEXT,
                "longest of %d-byte characters: customer 91 (%d bytes), title %d (%d), category 25 (%d)"
                    .formatted(bytes, 90 * bytes + 1, title, title * bytes, SHORTEST_TEXT * bytes))
            .with("customer.first_name", HostileValue.text(filler.repeat(45)))
            .with("customer.last_name", HostileValue.text(filler.repeat(45)))
            .with("film.title", HostileValue.text(filler.repeat(title)))
            .with("category.name", HostileValue.text(filler.repeat(SHORTEST_TEXT)));
    return widened ? value.onlyWhereWidened() : value;
  }

  private static HostileValue amount(String amount) {
    return HostileValue.of(AMOUNT, "amount " + amount).with("payment.amount", amount);
  }

  private static HostileValue moment(String moment, String what) {
    return HostileValue.of(MOMENT, moment + " (" + what + ")")
        .with("rental.rental_date", "'" + moment + "'")
        .with("rental.return_date", "'" + moment + "'");
  }

  private static HostileValue rental(String id) {
    return HostileValue.of(ID, "rental_id " + id).with("rental.rental_id", id);
  }

  private static String controls(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int c = from; c <= to; c++) {
      text.append((char) c);
    }
    return text.toString();
  }
}
