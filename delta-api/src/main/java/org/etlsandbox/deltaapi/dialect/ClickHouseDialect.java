package org.etlsandbox.deltaapi.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etlsandbox.deltaapi.dialect.ClickHouseOptions.Engine;
import org.etlsandbox.deltaapi.dialect.ClickHouseOptions.Partition;
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
import org.etlsandbox.deltaapi.schema.LogicalType.Uuid;
import org.etlsandbox.deltaapi.schema.LogicalType.WallClock;
import org.etlsandbox.deltaapi.schema.LogicalType.Whole;
import org.etlsandbox.deltaapi.schema.LogicalType.Year;
import org.etlsandbox.deltaapi.schema.Table;
import org.etlsandbox.deltaapi.schema.UnmappableException;

/** ClickHouse 25.12 or newer; older ones where the table has no times. */
public final class ClickHouseDialect implements SqlDialect {

  // https://clickhouse.com/docs/sql-reference/data-types/decimal
  private static final int DIGITS = 76;

  // https://clickhouse.com/docs/sql-reference/data-types/enum: numbers from 1 on
  private static final int VALUES_OF_ENUM8 = 127;
  private static final int VALUES_OF_ENUM16 = 32_767;

  private static final int NANOSECONDS = 9;

  private static final LongText STRING = new LongText(LogicalType.UNLIMITED);

  private final ClickHouseOptions options;

  public ClickHouseDialect(ClickHouseOptions options) {
    this.options = options;
  }

  @Override
  public String title() {
    return "ClickHouse";
  }

  @Override
  public TargetType typeOf(LogicalType type) {
    return switch (type) {
      case Bool() -> TargetType.of("Bool", type, "Two values.");
      case Whole whole -> whole(whole);
      case Decimal decimal -> {
        Precision.requireDigits(decimal, DIGITS, DIGITS, title());
        yield TargetType.same(
            "Decimal(%d, %d)".formatted(decimal.precision(), decimal.scale()), type);
      }
      case AnyDecimal() -> throw Precision.anyDecimal(title());
      case Floating(int bits) -> TargetType.same("Float" + bits, type);
      case Bits(int length) -> bits(length);
      case Text _, FixedText _ -> string("The only type of texts; its length is not checked.");
      case LongText _ -> string("The only type of texts.");
      case Binary _, LongBinary _ ->
          string("The only type of bytes, too; a length is not checked.");
      case FixedBinary(int length) -> {
        int bytes = Math.max(1, length);
        yield TargetType.of(
            "FixedString(%d)".formatted(bytes),
            new FixedBinary(bytes),
            "Filled up with zero bytes in both.");
      }
      case Date() ->
          TargetType.of("Date32", type, "The date type with the wider range.")
              .losing(
                  "Dates from 1900-01-01 to 2299-12-31 only; others are moved to the nearest one.");
      case TimeOfDay(int precision) -> time(precision);
      case ElapsedTime(int precision) -> time(precision);
      case WallClock(int precision) ->
          dateTime(precision, "The wall clock labelled UTC, so that no client shifts it.");
      case Instant(int precision) -> dateTime(precision, "A point in time, shown in UTC.");
      case Year() ->
          TargetType.of(
              "UInt16", new Whole(16, true), "There is no type of years: 0, 1901 to 2155.");
      case Enumeration enumeration -> enumeration(enumeration);
      case Choice _ ->
          string("Joined by commas, as the source gives them.")
              .losing("The values are not checked.");
      case Json() ->
          string("The type JSON would order and split what is given; a text stays as it is.");
      case Uuid() -> TargetType.same("UUID", type);
    };
  }

  private static TargetType string(String reasoning) {
    return TargetType.of("String", STRING, reasoning);
  }

  private static TargetType whole(Whole whole) {
    int bits = whole.bits() == 24 ? 32 : whole.bits();
    return TargetType.of(
        (whole.unsigned() ? "UInt" : "Int") + bits,
        new Whole(bits, whole.unsigned()),
        bits == whole.bits() ? "The same in both." : "The smallest one that takes all values.");
  }

  private static TargetType bits(int length) {
    int bits = Stream.of(8, 16, 32, 64).filter(size -> size >= length).findFirst().orElse(0);
    if (bits == 0) {
      throw new UnmappableException("ClickHouse has no type of more than 64 bits.");
    }
    return TargetType.of(
        "UInt" + bits, new Whole(bits, true), "The number that the bits are in the source.");
  }

  private static TargetType time(int precision) {
    int kept = Math.min(precision, NANOSECONDS);
    return TargetType.of(
        kept == 0 ? "Time" : "Time64(%d)".formatted(kept),
        new ElapsedTime(kept),
        "From -999:59:59 to 999:59:59; needs ClickHouse 25.12, or enable_time_time64_type = 1.");
  }

  private static TargetType dateTime(int precision, String reasoning) {
    int kept = Math.min(precision, NANOSECONDS);
    return TargetType.of("DateTime64(%d, 'UTC')".formatted(kept), new Instant(kept), reasoning)
        .losing(
            "Times from 1900 to %d only; others are moved or refused."
                .formatted(kept == NANOSECONDS ? 2262 : 2299));
  }

  private static TargetType enumeration(Enumeration enumeration) {
    List<String> values = enumeration.values();
    if (values.size() > VALUES_OF_ENUM16) {
      throw new UnmappableException(
          "It has more than the %d values of ClickHouse's Enum16.".formatted(VALUES_OF_ENUM16));
    }
    List<String> numbered = new ArrayList<>();
    for (String value : values) {
      numbered.add("%s = %d".formatted(string(value, '\''), numbered.size() + 1));
    }
    return TargetType.of(
        "%s(%s)"
            .formatted(
                values.size() <= VALUES_OF_ENUM8 ? "Enum8" : "Enum16", String.join(", ", numbered)),
        enumeration,
        "The same values, numbered from 1.");
  }

  @Override
  public String declared(TargetType type, boolean nullable) {
    return nullable ? "Nullable(" + type.sql() + ")" : type.sql();
  }

  @Override
  public Optional<String> refusedName(String name) {
    return Optional.empty();
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
    return switch (stored) {
      case FixedBinary _ -> Optional.empty();
      case Bool _, Whole _ -> Optional.of(text);
      // A number with a fraction would become a Float64 on its way; a text is read exactly
      default -> Optional.of(string(text, '\''));
    };
  }

  @Override
  public Optional<String> currentTime(LogicalType stored) {
    return stored instanceof Instant(int precision)
        ? Optional.of("now64(%d, 'UTC')".formatted(precision))
        : Optional.empty();
  }

  @Override
  public String create(Table table, String comment, List<TargetColumn> columns) {
    List<String> lines = columns.stream().map(ClickHouseDialect::line).toList();
    StringBuilder sql =
        new StringBuilder(
            "CREATE TABLE %s (\n%s\n)\nENGINE = %s"
                .formatted(identifier(table.name()), SqlText.lines(lines), engine()));
    Partition partition = options.partition();
    if (partition != null) {
      sql.append("\nPARTITION BY ").append(expression(partition));
    }
    List<String> key = sortingKey(table);
    sql.append("\nORDER BY ")
        .append(
            key.isEmpty()
                ? "tuple()"
                : key.stream()
                    .map(ClickHouseDialect::identifier)
                    .collect(Collectors.joining(", ", "(", ")")));
    if (!comment.isEmpty()) {
      sql.append("\nCOMMENT ").append(string(comment, '\''));
    }
    return sql.toString();
  }

  private List<String> sortingKey(Table table) {
    return options.orderBy().isEmpty() ? table.key() : options.orderBy();
  }

  private String engine() {
    String columns =
        Stream.of(options.versionColumn(), options.deletedColumn())
            .flatMap(Stream::ofNullable)
            .map(ClickHouseDialect::identifier)
            .collect(Collectors.joining(", "));
    return options.engine().title() + (columns.isEmpty() ? "" : "(" + columns + ")");
  }

  private static String expression(Partition partition) {
    String column = identifier(partition.column());
    return switch (partition.function()) {
      case COLUMN -> column;
      case MONTH -> "toYYYYMM(%s)".formatted(column);
      case YEAR -> "toYear(%s)".formatted(column);
      case QUOTIENT -> "intDiv(%s, %d)".formatted(column, partition.divisor());
    };
  }

  private static String line(TargetColumn column) {
    return identifier(column.source().name())
        + " "
        + column.declared()
        + (column.defaultSql() == null ? "" : " DEFAULT " + column.defaultSql())
        + (column.comment().isEmpty() ? "" : " COMMENT " + string(column.comment(), '\''));
  }

  @Override
  public List<String> notes(Table table) {
    if (sortingKey(table).isEmpty()) {
      return List.of(
          "There is no primary key: ORDER BY tuple() leaves the rows in no order. Name columns with orderBy.");
    }
    return options.engine() == Engine.PLAIN
        ? List.of(
            "A MergeTree keeps no key unique: what is inserted twice is there twice. With engine=ReplacingMergeTree the last one stays.")
        : List.of();
  }

  private static String identifier(String name) {
    return string(name, '`');
  }

  // https://clickhouse.com/docs/sql-reference/syntax: backslashes escape in names, too
  private static String string(String text, char quote) {
    String mark = String.valueOf(quote);
    return quote + text.replace("\\", "\\\\").replace(mark, "\\" + mark) + quote;
  }
}
