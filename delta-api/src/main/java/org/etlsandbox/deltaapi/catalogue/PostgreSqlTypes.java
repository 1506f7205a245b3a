package org.etlsandbox.deltaapi.catalogue;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etlsandbox.deltaapi.schema.LogicalType;
import org.etlsandbox.deltaapi.schema.LogicalType.AnyDecimal;
import org.etlsandbox.deltaapi.schema.LogicalType.Bits;
import org.etlsandbox.deltaapi.schema.LogicalType.Bool;
import org.etlsandbox.deltaapi.schema.LogicalType.Date;
import org.etlsandbox.deltaapi.schema.LogicalType.Decimal;
import org.etlsandbox.deltaapi.schema.LogicalType.ElapsedTime;
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

/** The types that PostgreSQL itself brings along, as {@code format_type} shows them. */
final class PostgreSqlTypes {

  // timestamp(0) without time zone, numeric(10,2), interval hour to second(0)
  private static final Pattern SHOWN =
      Pattern.compile("([a-z ]+?)(?:\\((\\d+)(?:,(-?\\d+))?\\))?( with(?:out)? time zone)?");

  /** Where a type of times says nothing. */
  private static final int MICROSECONDS = 6;

  private PostgreSqlTypes() {}

  static Optional<LogicalType> logical(String shown) {
    Matcher parts = SHOWN.matcher(shown);
    if (!parts.matches()) {
      return Optional.empty();
    }
    boolean sized = parts.group(2) != null;
    int size = sized ? Integer.parseInt(parts.group(2)) : 0;
    int precision = sized ? size : MICROSECONDS;
    String zone = parts.group(4) == null ? "" : parts.group(4);
    return Optional.ofNullable(
        switch (parts.group(1) + zone) {
          case "boolean" -> new Bool();
          case "smallint" -> new Whole(16, false);
          case "integer" -> new Whole(32, false);
          case "bigint" -> new Whole(64, false);
          case "numeric" -> sized ? decimal(size, parts.group(3)) : new AnyDecimal();
          case "real" -> new Floating(32);
          case "double precision" -> new Floating(64);
          case "bit" -> size == 1 ? new Bool() : new Bits(size);
          case "character" -> new FixedText(size, Unit.CHARACTERS, true);
          case "character varying" ->
              sized ? new Text(size, Unit.CHARACTERS) : new LongText(LogicalType.UNLIMITED);
          case "text", "bpchar" -> new LongText(LogicalType.UNLIMITED);
          case "bytea" -> new LongBinary(LogicalType.UNLIMITED);
          case "date" -> new Date();
          case "time without time zone" -> new TimeOfDay(precision);
          case "timestamp without time zone" -> new WallClock(precision);
          case "timestamp with time zone" -> new Instant(precision);
          case "interval hour to second" -> new ElapsedTime(precision);
          case "json", "jsonb" -> new Json();
          case "uuid" -> new Uuid();
          default -> null;
        });
  }

  private static Decimal decimal(int precision, String scale) {
    return new Decimal(precision, Integer.parseInt(scale));
  }
}
