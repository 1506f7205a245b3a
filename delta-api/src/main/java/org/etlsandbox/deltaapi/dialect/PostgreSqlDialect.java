package org.etlsandbox.deltaapi.dialect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.etlsandbox.deltaapi.schema.LogicalType;
import org.etlsandbox.deltaapi.schema.LogicalType.AnyDecimal;
import org.etlsandbox.deltaapi.schema.LogicalType.Binary;
import org.etlsandbox.deltaapi.schema.LogicalType.Bits;
import org.etlsandbox.deltaapi.schema.LogicalType.Bool;
import org.etlsandbox.deltaapi.schema.LogicalType.Choice;
import org.etlsandbox.deltaapi.schema.LogicalType.Date;
import org.etlsandbox.deltaapi.schema.LogicalType.Decimal;
import org.etlsandbox.deltaapi.schema.LogicalType.ElapsedTime;
import org.etlsandbox.deltaapi.schema.LogicalType.Enumeration;
import org.etlsandbox.deltaapi.schema.LogicalType.FixedBinary;
import org.etlsandbox.deltaapi.schema.LogicalType.FixedText;
import org.etlsandbox.deltaapi.schema.LogicalType.Floating;
import org.etlsandbox.deltaapi.schema.LogicalType.Instant;
import org.etlsandbox.deltaapi.schema.LogicalType.Json;
import org.etlsandbox.deltaapi.schema.LogicalType.LongBinary;
import org.etlsandbox.deltaapi.schema.LogicalType.LongText;
import org.etlsandbox.deltaapi.schema.LogicalType.Text;
import org.etlsandbox.deltaapi.schema.LogicalType.TimeOfDay;
import org.etlsandbox.deltaapi.schema.LogicalType.Unit;
import org.etlsandbox.deltaapi.schema.LogicalType.Uuid;
import org.etlsandbox.deltaapi.schema.LogicalType.WallClock;
import org.etlsandbox.deltaapi.schema.LogicalType.Whole;
import org.etlsandbox.deltaapi.schema.LogicalType.Year;
import org.etlsandbox.deltaapi.schema.Table;

/** PostgreSQL 12 or newer. */
public final class PostgreSqlDialect implements SqlDialect {

  // https://www.postgresql.org/docs/current/limits.html: longer names are cut, silently
  private static final int LONGEST_NAME = 63;

  // https://www.postgresql.org/docs/current/datatype-numeric.html: declared precision
  private static final int DIGITS = 1000;

  // https://www.postgresql.org/docs/current/datatype-character.html
  private static final int LONGEST_TEXT = 10_485_760;

  private static final int MICROSECONDS = 6;

  private static final LongText TEXT = new LongText(LogicalType.UNLIMITED);
  private static final LongBinary BYTEA = new LongBinary(LogicalType.UNLIMITED);

  @Override
  public String title() {
    return "PostgreSQL";
  }

  @Override
  public TargetType typeOf(LogicalType type) {
    return switch (type) {
      case Bool() -> TargetType.of("boolean", type, "Two values.");
      case Whole whole -> whole(whole);
      case Decimal decimal -> decimal(decimal);
      case AnyDecimal() -> TargetType.same("numeric", type);
      case Floating floating ->
          TargetType.same(floating.bits() == 32 ? "real" : "double precision", type);
      case Bits bits -> TargetType.of("bit(" + bits.length() + ")", type, "As many bits.");
      case Text text -> varchar(text.length(), "A length in characters" + units(text.unit()));
      case FixedText text when text.padded() && text.unit() == Unit.CHARACTERS -> {
        int length = Math.max(1, text.length());
        yield TargetType.of(
            "char(%d)".formatted(length),
            new FixedText(length, Unit.CHARACTERS, true),
            "Padded with blanks in both.");
      }
      case FixedText text ->
          varchar(
              text.length(),
              text.padded()
                  ? "Takes the values as they are given back, padded" + units(text.unit())
                  : "The source gives values without their padding, char(n) would give it back.");
      case LongText _ -> TargetType.of("text", TEXT, "Without a length of its own.");
      case Binary _ ->
          TargetType.of("bytea", BYTEA, "The only type of bytes; its length is not checked.");
      case FixedBinary _ ->
          TargetType.of("bytea", BYTEA, "The only type of bytes; its length is not checked.");
      case LongBinary _ -> TargetType.of("bytea", BYTEA, "The only type of bytes.");
      case Date() -> TargetType.same("date", type);
      case TimeOfDay time -> time(time);
      case ElapsedTime time -> elapsed(time);
      case WallClock clock -> {
        int precision = Math.min(clock.precision(), MICROSECONDS);
        yield TargetType.of(
                "timestamp(%d)".formatted(precision),
                new WallClock(precision),
                "A wall clock in both: no zone, nothing is shifted.")
            .losing(Precision.loss(clock.precision(), MICROSECONDS));
      }
      case Instant instant -> {
        int precision = Math.min(instant.precision(), MICROSECONDS);
        yield TargetType.of(
                "timestamptz(%d)".formatted(precision),
                new Instant(precision),
                "A point in time in both, stored in UTC.")
            .losing(Precision.loss(instant.precision(), MICROSECONDS));
      }
      case Year() ->
          TargetType.of(
              "smallint", new Whole(16, false), "There is no type of years: 0, 1901 to 2155.");
      case Enumeration enumeration ->
          TargetType.of(
              "text",
              enumeration,
              "A CHECK takes the values; a type of its own would be another object.");
      case Choice choice ->
          TargetType.of(
              "text",
              choice,
              "Joined by commas, as the source gives them; a CHECK takes the values.");
      case Json() -> TargetType.of("jsonb", type, "Checked and normalised JSON.");
      case Uuid() -> TargetType.same("uuid", type);
    };
  }

  private TargetType whole(Whole whole) {
    int bits = WholeNumbers.signedBits(whole);
    String why = WholeNumbers.reasoning(whole, title());
    if (bits <= 16) {
      return TargetType.of("smallint", new Whole(16, false), why);
    }
    if (bits <= 32) {
      return TargetType.of("integer", new Whole(32, false), why);
    }
    if (bits <= 64) {
      return TargetType.of("bigint", new Whole(64, false), why);
    }
    int digits = WholeNumbers.digits(whole);
    return TargetType.of("numeric(%d,0)".formatted(digits), new Decimal(digits, 0), why);
  }

  private static TargetType decimal(Decimal decimal) {
    Precision.requireDigits(decimal, DIGITS, DIGITS, "PostgreSQL");
    return TargetType.same(
        "numeric(%d,%d)".formatted(decimal.precision(), decimal.scale()), decimal);
  }

  private static TargetType varchar(int length, String reasoning) {
    // A length of 0, which MySQL knows, is refused
    int atLeastOne = Math.max(1, length);
    return atLeastOne > LONGEST_TEXT
        ? TargetType.of("text", TEXT, "Longer than varchar can be declared.")
        : TargetType.of(
            "varchar(%d)".formatted(atLeastOne), new Text(atLeastOne, Unit.CHARACTERS), reasoning);
  }

  private static String units(Unit unit) {
    return unit == Unit.UTF16 ? "; the source counts UTF-16 units, never fewer." : ".";
  }

  private static TargetType time(TimeOfDay time) {
    int precision = Math.min(time.precision(), MICROSECONDS);
    return TargetType.of(
            "time(%d)".formatted(precision), new TimeOfDay(precision), "A time of day in both.")
        .losing(Precision.loss(time.precision(), MICROSECONDS));
  }

  private static TargetType elapsed(ElapsedTime time) {
    int precision = Math.min(time.precision(), MICROSECONDS);
    return TargetType.of(
            "interval hour to second(%d)".formatted(precision),
            new ElapsedTime(precision),
            "A time that may be negative or exceed a day; the type time may not.")
        .losing(Precision.loss(time.precision(), MICROSECONDS));
  }

  @Override
  public Optional<String> refusedName(String name) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    return bytes <= LONGEST_NAME
        ? Optional.empty()
        : Optional.of(
            "Its name has %d bytes in UTF-8, PostgreSQL cuts it after %d."
                .formatted(bytes, LONGEST_NAME));
  }

  @Override
  public boolean foldsCase() {
    return false;
  }

  @Override
  public int longestComment() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Optional<String> literal(LogicalType stored, String text) {
    return Optional.of(
        switch (stored) {
          case Bool _, Whole _, Decimal _, AnyDecimal _, Floating _ -> text;
          case Bits _ -> "B" + string(text);
          case Instant _ -> string(text + "+00");
          default -> string(text);
        });
  }

  @Override
  public Optional<String> currentTime(LogicalType stored) {
    return switch (stored) {
      case WallClock clock -> Optional.of("LOCALTIMESTAMP(%d)".formatted(clock.precision()));
      case Instant instant -> Optional.of("CURRENT_TIMESTAMP(%d)".formatted(instant.precision()));
      default -> Optional.empty();
    };
  }

  @Override
  public String create(Table table, String comment, List<TargetColumn> columns) {
    String name = identifier(table.name());
    List<String> lines = new ArrayList<>(columns.stream().map(this::line).toList());
    if (!table.key().isEmpty()) {
      lines.add("PRIMARY KEY (" + identifiers(table.key()) + ")");
    }
    List<String> statements = new ArrayList<>();
    statements.add("CREATE TABLE %s (\n%s\n)".formatted(name, SqlText.lines(lines)));
    if (!comment.isEmpty()) {
      statements.add("COMMENT ON TABLE %s IS %s".formatted(name, string(comment)));
    }
    for (TargetColumn column : columns) {
      if (!column.comment().isEmpty()) {
        statements.add(
            "COMMENT ON COLUMN %s.%s IS %s"
                .formatted(name, identifier(column.source().name()), string(column.comment())));
      }
    }
    return String.join(";\n\n", statements);
  }

  private String line(TargetColumn column) {
    String name = identifier(column.source().name());
    return name
        + " "
        + column.declared()
        + (column.defaultSql() == null ? "" : " DEFAULT " + column.defaultSql())
        + (column.source().nullable() ? "" : " NOT NULL")
        + check(name, column.type().stored());
  }

  private static String check(String name, LogicalType stored) {
    return switch (stored) {
      case Enumeration(var values) -> " CHECK (%s IN (%s))".formatted(name, strings(values));
      case Choice(var values) ->
          " CHECK (string_to_array(%s, ',') <@ ARRAY[%s])".formatted(name, strings(values));
      default -> "";
    };
  }

  private static String strings(List<String> values) {
    return values.stream().map(PostgreSqlDialect::string).collect(Collectors.joining(", "));
  }

  private static String identifiers(List<String> names) {
    return names.stream().map(PostgreSqlDialect::identifier).collect(Collectors.joining(", "));
  }

  private static String identifier(String name) {
    return SqlText.quoted(name, '"', '"');
  }

  // Whatever standard_conforming_strings says: without E, a backslash might escape
  private static String string(String text) {
    return text.indexOf('\\') < 0
        ? SqlText.quoted(text, '\'', '\'')
        : "E" + SqlText.quoted(text.replace("\\", "\\\\"), '\'', '\'');
  }
}
