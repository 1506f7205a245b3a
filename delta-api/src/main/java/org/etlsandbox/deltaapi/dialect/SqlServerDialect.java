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
import org.jspecify.annotations.Nullable;

/** SQL Server 2016 or newer. */
public final class SqlServerDialect implements SqlDialect {

  // https://learn.microsoft.com/sql/relational-databases/databases/database-identifiers
  private static final int LONGEST_NAME = 128;

  // 7,500 bytes:
  // https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-addextendedproperty-transact-sql
  private static final int LONGEST_COMMENT = 3750;

  // https://learn.microsoft.com/sql/t-sql/data-types/decimal-and-numeric-transact-sql
  private static final int DIGITS = 38;

  // https://learn.microsoft.com/sql/t-sql/data-types/nchar-and-nvarchar-transact-sql
  private static final int LONGEST_NVARCHAR = 4000;

  // https://learn.microsoft.com/sql/t-sql/data-types/binary-and-varbinary-transact-sql
  private static final int LONGEST_BINARY = 8000;

  /** Digits of a second: 100 nanoseconds. */
  private static final int TENTH_MICROSECONDS = 7;

  private static final LongText NVARCHAR_MAX = new LongText(Integer.MAX_VALUE);
  private static final LongBinary VARBINARY_MAX = new LongBinary(Integer.MAX_VALUE);

  @Override
  public String title() {
    return "SQL Server";
  }

  @Override
  public TargetType typeOf(LogicalType type) {
    return switch (type) {
      case Bool() -> TargetType.of("bit", type, "Two values.");
      case Whole whole -> whole(whole);
      case Decimal decimal -> decimal(decimal);
      case AnyDecimal() -> throw Precision.anyDecimal(title());
      case Floating floating -> TargetType.same(floating.bits() == 32 ? "real" : "float", type);
      case Bits(int length) -> binary("binary", (length + 7) / 8, "As many bits, in whole bytes.");
      case Text text -> nvarchar(units(text.length(), text.unit()), counting(text.unit()));
      case FixedText text when text.padded() -> nchar(text);
      case FixedText text ->
          nvarchar(
              units(text.length(), text.unit()),
              "The source gives values without their padding, nchar(n) would give it back; "
                  + counting(text.unit()));
      case LongText _ -> TargetType.of("nvarchar(max)", NVARCHAR_MAX, "Any character; up to 2 GB.");
      case FixedBinary(int length) ->
          binary("binary", length, "Filled up with zero bytes in both.");
      case Binary(int length) -> binary("varbinary", length, "A length in bytes.");
      case LongBinary _ -> TargetType.of("varbinary(max)", VARBINARY_MAX, "Up to 2 GB.");
      case Date() -> TargetType.same("date", type);
      case TimeOfDay(int precision) -> time(precision).losing(loss(precision));
      case ElapsedTime(int precision) ->
          time(precision)
              .losing(
                  "Values below 00:00:00 or from 24:00:00 on are refused on insert: SQL Server has no type of elapsed times.");
      case WallClock(int precision) -> {
        int kept = Math.min(precision, TENTH_MICROSECONDS);
        yield TargetType.of(
                "datetime2(%d)".formatted(kept),
                new WallClock(kept),
                "A wall clock in both: no zone, nothing is shifted.")
            .losing(loss(precision));
      }
      case Instant(int precision) -> {
        int kept = Math.min(precision, TENTH_MICROSECONDS);
        yield TargetType.of(
                "datetimeoffset(%d)".formatted(kept),
                new Instant(kept),
                "A point in time: with its offset from UTC.")
            .losing(loss(precision));
      }
      case Year() ->
          TargetType.of(
              "smallint", new Whole(16, false), "There is no type of years: 0, 1901 to 2155.");
      case Enumeration(var values) -> enumeration(values);
      case Choice(var values) ->
          nvarchar(
                  String.join(",", values).length(),
                  "Joined by commas, as the source gives them; as long as all of them together.")
              .losing("The values are not checked.");
      case Json() ->
          TargetType.of("nvarchar(max)", NVARCHAR_MAX, "Its JSON functions read text.")
              .losing("That it is JSON is not checked.");
      case Uuid() -> TargetType.same("uniqueidentifier", type);
    };
  }

  private TargetType whole(Whole whole) {
    String why = WholeNumbers.reasoning(whole, title());
    if (whole.unsigned() && whole.bits() == 8) {
      return TargetType.of("tinyint", whole, "0 to 255 in both.");
    }
    int bits = WholeNumbers.signedBits(whole);
    if (bits <= 16) {
      return TargetType.of("smallint", new Whole(16, false), why);
    }
    if (bits <= 32) {
      return TargetType.of("int", new Whole(32, false), why);
    }
    if (bits <= 64) {
      return TargetType.of("bigint", new Whole(64, false), why);
    }
    Decimal decimal = new Decimal(WholeNumbers.digits(whole), 0);
    return TargetType.of(decimal(decimal).sql(), decimal, why);
  }

  private static TargetType decimal(Decimal decimal) {
    Precision.requireDigits(decimal, DIGITS, DIGITS, "SQL Server");
    return TargetType.same(
        "decimal(%d,%d)".formatted(decimal.precision(), decimal.scale()), decimal);
  }

  private static int units(int length, Unit unit) {
    return unit == Unit.UTF16 ? length : Math.multiplyExact(length, 2);
  }

  private static String counting(Unit unit) {
    return unit == Unit.UTF16
        ? "UTF-16 units in both."
        : "SQL Server counts UTF-16 units: two for a character beyond U+FFFF.";
  }

  private static TargetType nvarchar(int units, String reasoning) {
    // A length of 0, which MySQL knows, is refused
    int length = Math.max(1, units);
    return length > LONGEST_NVARCHAR
        ? TargetType.of(
            "nvarchar(max)", NVARCHAR_MAX, "Longer than the 4,000 that nvarchar can be declared.")
        : TargetType.of("nvarchar(%d)".formatted(length), new Text(length, Unit.UTF16), reasoning);
  }

  private static TargetType nchar(FixedText text) {
    int length = units(text.length(), text.unit());
    return length > LONGEST_NVARCHAR
        ? nvarchar(length, "")
        : TargetType.of(
            "nchar(%d)".formatted(length),
            new FixedText(length, Unit.UTF16, true),
            "Padded with blanks in both; " + counting(text.unit()));
  }

  private static TargetType binary(String name, int bytes, String reasoning) {
    int length = Math.max(1, bytes);
    return length > LONGEST_BINARY
        ? TargetType.of(
            "varbinary(max)",
            VARBINARY_MAX,
            "Longer than the 8,000 that %s can be declared.".formatted(name))
        : TargetType.of(
            "%s(%d)".formatted(name, length),
            name.equals("binary") ? new FixedBinary(length) : new Binary(length),
            reasoning);
  }

  private static TargetType time(int precision) {
    int kept = Math.min(precision, TENTH_MICROSECONDS);
    return TargetType.of(
        "time(%d)".formatted(kept), new TimeOfDay(kept), "From 00:00:00 to 23:59:59.");
  }

  private static @Nullable String loss(int precision) {
    return Precision.loss(precision, TENTH_MICROSECONDS);
  }

  private static TargetType enumeration(List<String> values) {
    int length = values.stream().mapToInt(String::length).max().orElse(1);
    if (length > LONGEST_NVARCHAR) {
      throw new UnmappableException(
          "A value is longer than the %d UTF-16 units of SQL Server.".formatted(LONGEST_NVARCHAR));
    }
    return TargetType.of(
        "nvarchar(%d)".formatted(Math.max(1, length)),
        new Enumeration(values),
        "As long as the longest value; a CHECK takes the values, in the letter case that the collation of the database tells apart.");
  }

  @Override
  public Optional<String> refusedName(String name) {
    return name.length() <= LONGEST_NAME
        ? Optional.empty()
        : Optional.of(
            "Its name is longer than the %d UTF-16 units of SQL Server.".formatted(LONGEST_NAME));
  }

  @Override
  public Optional<String> refusedInKey(LogicalType stored) {
    return switch (stored) {
      case LongText _, LongBinary _ ->
          Optional.of(
              "SQL Server has no key on nvarchar(max) or varbinary(max): declare a length.");
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

  @Override
  public Optional<String> literal(LogicalType stored, String text) {
    return switch (stored) {
      case FixedBinary _ -> Optional.empty();
      case Bool _ -> Optional.of(text.equals("true") ? "1" : "0");
      case Whole _, Decimal _, Floating _ -> Optional.of(text);
      case Instant _ -> Optional.of(string(text + "+00:00"));
      default -> Optional.of(string(text));
    };
  }

  @Override
  public Optional<String> currentTime(LogicalType stored) {
    return switch (stored) {
      case WallClock _ -> Optional.of("SYSDATETIME()");
      case Instant _ -> Optional.of("SYSDATETIMEOFFSET()");
      default -> Optional.empty();
    };
  }

  @Override
  public String create(Table table, String comment, List<TargetColumn> columns) {
    List<String> lines = new ArrayList<>(columns.stream().map(SqlServerDialect::line).toList());
    if (!table.key().isEmpty()) {
      lines.add(
          "PRIMARY KEY ("
              + table.key().stream()
                  .map(SqlServerDialect::identifier)
                  .collect(Collectors.joining(", "))
              + ")");
    }
    List<String> comments = new ArrayList<>();
    if (!comment.isEmpty()) {
      comments.add(comment(table.name(), null, comment));
    }
    for (TargetColumn column : columns) {
      if (!column.comment().isEmpty()) {
        comments.add(comment(table.name(), column.source().name(), column.comment()));
      }
    }
    List<String> statements = new ArrayList<>();
    statements.add(
        "CREATE TABLE %s (\n%s\n)".formatted(identifier(table.name()), SqlText.lines(lines)));
    if (!comments.isEmpty()) {
      statements.add("DECLARE @schema sysname = SCHEMA_NAME()");
    }
    statements.addAll(comments);
    return String.join(";\n\n", statements);
  }

  private static String line(TargetColumn column) {
    String name = identifier(column.source().name());
    return name
        + " "
        + column.declared()
        + (column.source().nullable() ? " NULL" : " NOT NULL")
        + (column.defaultSql() == null ? "" : " DEFAULT " + column.defaultSql())
        + (column.type().stored() instanceof Enumeration(var values)
            ? " CHECK (%s)"
                .formatted(
                    values.stream()
                        .map(value -> name + "=" + string(value))
                        .collect(Collectors.joining(" OR ")))
            : "");
  }

  private static String comment(String table, @Nullable String column, String comment) {
    return "EXEC sp_addextendedproperty N'MS_Description', %s, N'SCHEMA', @schema, N'TABLE', %s%s"
        .formatted(
            string(comment), string(table), column == null ? "" : ", N'COLUMN', " + string(column));
  }

  private static String identifier(String name) {
    return SqlText.quoted(name, '[', ']');
  }

  private static String string(String text) {
    return "N" + SqlText.quoted(text, '\'', '\'');
  }
}
