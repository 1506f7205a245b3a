package org.etlsandbox.deltaapi.dialect;

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
import org.etlsandbox.deltaapi.schema.UnmappableException;

/** MySQL 8.0 or newer; MariaDB takes it, too, but has no JSON type of its own. */
public final class MySqlDialect implements SqlDialect {

  // https://dev.mysql.com/doc/refman/8.0/en/identifiers.html
  private static final int LONGEST_NAME = 64;

  // https://dev.mysql.com/doc/refman/8.0/en/create-table.html
  private static final int LONGEST_COMMENT = 1024;

  // https://dev.mysql.com/doc/refman/8.0/en/fixed-point-types.html
  private static final int DIGITS = 65;
  private static final int SCALE = 30;

  /** A row of 65,535 bytes holds no longer text of four bytes a character. */
  private static final int LONGEST_VARCHAR = 16_383;

  private static final int LONGEST_CHAR = 255;
  private static final int MICROSECONDS = 6;

  private static final long TINY = 255;
  private static final long PLAIN = 65_535;
  private static final long MEDIUM = 16_777_215;
  private static final long LONG = 4_294_967_295L;

  @Override
  public String title() {
    return "MySQL";
  }

  @Override
  public TargetType typeOf(LogicalType type) {
    return switch (type) {
      case Bool() ->
          TargetType.of("bit(1)", type, "Two values; BOOLEAN is a TINYINT, which takes 256.");
      case Whole whole -> whole(whole);
      case Decimal decimal -> decimal(decimal);
      case AnyDecimal() -> throw Precision.anyDecimal(title());
      case Floating floating -> TargetType.same(floating.bits() == 32 ? "float" : "double", type);
      case Bits bits -> bits(bits);
      case Text text -> text(text.length(), "A length in characters" + units(text.unit()));
      case FixedText text when text.length() <= LONGEST_CHAR ->
          TargetType.of(
                  "char(%d)".formatted(text.length()),
                  new FixedText(text.length(), Unit.CHARACTERS, false),
                  "A fixed length in characters" + units(text.unit()))
              .losing(text.padded() ? "Values are given back without their padding." : null);
      case FixedText text -> text(text.length(), "Longer than char can be" + units(text.unit()));
      case LongText(long bytes) -> longText(bytes);
      case FixedBinary(int length) when length <= LONGEST_CHAR ->
          TargetType.same("binary(%d)".formatted(length), type);
      case FixedBinary(int length) -> binary(length);
      case Binary(int length) -> binary(length);
      case LongBinary(long bytes) -> longBinary(bytes);
      case Date() -> TargetType.same("date", type);
      case TimeOfDay time -> time(time.precision());
      case ElapsedTime time -> time(time.precision());
      case WallClock clock -> {
        int precision = Math.min(clock.precision(), MICROSECONDS);
        yield TargetType.of(
                "datetime(%d)".formatted(precision),
                new WallClock(precision),
                "A wall clock in both: no zone, nothing is shifted.")
            .losing(Precision.loss(clock.precision(), MICROSECONDS));
      }
      case Instant instant -> {
        int precision = Math.min(instant.precision(), MICROSECONDS);
        yield TargetType.of(
                "timestamp(%d)".formatted(precision),
                new Instant(precision),
                "A point in time in both; MySQL's lie between 1970 and 2038.")
            .losing(Precision.loss(instant.precision(), MICROSECONDS));
      }
      case Year() -> TargetType.same("year", type);
      case Enumeration(var values) -> TargetType.same("enum(%s)".formatted(strings(values)), type);
      case Choice(var values) -> TargetType.same("set(%s)".formatted(strings(values)), type);
      case Json() -> TargetType.same("json", type);
      case Uuid() ->
          TargetType.of(
              "char(36)",
              new FixedText(36, Unit.CHARACTERS, false),
              "There is no type of UUIDs: as text.");
    };
  }

  private static TargetType whole(Whole whole) {
    String name =
        switch (whole.bits()) {
          case 8 -> "tinyint";
          case 16 -> "smallint";
          case 24 -> "mediumint";
          case 32 -> "int";
          case 64 -> "bigint";
          default -> "";
        };
    if (name.isEmpty()) {
      Decimal decimal = new Decimal(WholeNumbers.digits(whole), 0);
      Precision.requireDigits(decimal, DIGITS, SCALE, "MySQL");
      return TargetType.of(
          "decimal(%d,0)".formatted(decimal.precision()),
          decimal,
          "The smallest one that takes all values.");
    }
    return TargetType.same(whole.unsigned() ? name + " unsigned" : name, whole);
  }

  private static TargetType decimal(Decimal decimal) {
    Precision.requireDigits(decimal, DIGITS, SCALE, "MySQL");
    return TargetType.same(
        "decimal(%d,%d)".formatted(decimal.precision(), decimal.scale()), decimal);
  }

  private static TargetType bits(Bits bits) {
    if (bits.length() > 64) {
      throw new UnmappableException("MySQL's BIT has up to 64 bits.");
    }
    return TargetType.same("bit(%d)".formatted(bits.length()), bits);
  }

  private static TargetType text(int length, String reasoning) {
    return length <= LONGEST_VARCHAR
        ? TargetType.of(
            "varchar(%d)".formatted(length), new Text(length, Unit.CHARACTERS), reasoning)
        : longText(4L * length);
  }

  private static String units(Unit unit) {
    return unit == Unit.UTF16 ? "; the source counts UTF-16 units, never fewer." : ".";
  }

  private static TargetType longText(long bytes) {
    String why = "The smallest one that takes so many bytes.";
    if (bytes <= TINY) {
      return TargetType.of("tinytext", new LongText(TINY), why);
    }
    if (bytes <= PLAIN) {
      return TargetType.of("text", new LongText(PLAIN), why);
    }
    return bytes <= MEDIUM
        ? TargetType.of("mediumtext", new LongText(MEDIUM), why)
        : TargetType.of("longtext", new LongText(LONG), "The largest one: 4 GiB.");
  }

  private static TargetType binary(int length) {
    return length <= LONGEST_VARCHAR
        ? TargetType.of("varbinary(%d)".formatted(length), new Binary(length), "A length in bytes.")
        : longBinary(length);
  }

  private static TargetType longBinary(long bytes) {
    String why = "The smallest one that takes so many bytes.";
    if (bytes <= TINY) {
      return TargetType.of("tinyblob", new LongBinary(TINY), why);
    }
    if (bytes <= PLAIN) {
      return TargetType.of("blob", new LongBinary(PLAIN), why);
    }
    return bytes <= MEDIUM
        ? TargetType.of("mediumblob", new LongBinary(MEDIUM), why)
        : TargetType.of("longblob", new LongBinary(LONG), "The largest one: 4 GiB.");
  }

  private static TargetType time(int precision) {
    int kept = Math.min(precision, MICROSECONDS);
    return TargetType.of(
            "time(%d)".formatted(kept), new ElapsedTime(kept), "From -838:59:59 to 838:59:59.")
        .losing(Precision.loss(precision, MICROSECONDS));
  }

  @Override
  public Optional<String> refusedName(String name) {
    if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
      return Optional.of(
          "Its name is longer than the %d characters of MySQL.".formatted(LONGEST_NAME));
    }
    if (name.codePoints().anyMatch(Character::isSupplementaryCodePoint)) {
      return Optional.of("Its name has a character beyond U+FFFF, which MySQL does not take.");
    }
    return name.endsWith(" ")
        ? Optional.of("Its name ends with a blank, which MySQL does not take.")
        : Optional.empty();
  }

  @Override
  public Optional<String> refusedInKey(LogicalType stored) {
    return switch (stored) {
      case LongText _, LongBinary _, Json _ ->
          Optional.of("MySQL has no key on a text or bytes without a length: declare one.");
      default -> Optional.empty();
    };
  }

  @Override
  public boolean foldsCase() {
    return true;
  }

  @Override
  public int longestComment() {
    return LONGEST_COMMENT;
  }

  // They are stored in utf8mb3
  @Override
  public boolean commentsTakeEveryCharacter() {
    return false;
  }

  @Override
  public Optional<String> literal(LogicalType stored, String text) {
    return switch (stored) {
      // Texts without a length take expressions only
      case LongText _, Json _ -> Optional.empty();
      case Bool _ -> Optional.of(text.equals("true") ? "b'1'" : "b'0'");
      case Bits _ -> Optional.of("b'" + text + "'");
      case Whole _, Decimal _, Floating _, Year _ -> Optional.of(text);
      default -> Optional.of(string(text));
    };
  }

  @Override
  public Optional<String> currentTime(LogicalType stored) {
    return switch (stored) {
      case WallClock(int precision) -> Optional.of("CURRENT_TIMESTAMP(%d)".formatted(precision));
      case Instant(int precision) -> Optional.of("CURRENT_TIMESTAMP(%d)".formatted(precision));
      default -> Optional.empty();
    };
  }

  @Override
  public String create(Table table, String comment, List<TargetColumn> columns) {
    List<String> lines = new ArrayList<>(columns.stream().map(MySqlDialect::line).toList());
    if (!table.key().isEmpty()) {
      lines.add(
          "PRIMARY KEY ("
              + table.key().stream().map(MySqlDialect::identifier).collect(Collectors.joining(", "))
              + ")");
    }
    // Whatever the default of the server: utf8mb4 takes every character
    return "CREATE TABLE %s (\n%s\n) DEFAULT CHARACTER SET utf8mb4%s"
        .formatted(
            identifier(table.name()),
            SqlText.lines(lines),
            comment.isEmpty() ? "" : " COMMENT " + string(comment));
  }

  private static String line(TargetColumn column) {
    return identifier(column.source().name())
        + " "
        + column.declared()
        + (column.source().nullable() ? " NULL" : " NOT NULL")
        + (column.defaultSql() == null ? "" : " DEFAULT " + column.defaultSql())
        + (column.comment().isEmpty() ? "" : " COMMENT " + string(column.comment()));
  }

  private static String strings(List<String> values) {
    return values.stream().map(MySqlDialect::string).collect(Collectors.joining(","));
  }

  private static String identifier(String name) {
    return SqlText.quoted(name, '`', '`');
  }

  private static String string(String text) {
    return SqlText.quoted(text.replace("\\", "\\\\"), '\'', '\'');
  }
}
