package org.etlsandbox.deltaapi.catalogue;

import java.util.Optional;
import org.etlsandbox.deltaapi.schema.LogicalType;
import org.etlsandbox.deltaapi.schema.LogicalType.Binary;
import org.etlsandbox.deltaapi.schema.LogicalType.Bool;
import org.etlsandbox.deltaapi.schema.LogicalType.Date;
import org.etlsandbox.deltaapi.schema.LogicalType.Decimal;
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

/**
 * A type of SQL Server, as {@code sys.columns} tells it.
 *
 * @param name the built-in type, also behind a type of the user's
 * @param maxLength in bytes; -1 for {@code max}
 */
record SqlServerTypes(String name, int maxLength, int precision, int scale) {

  /** What nvarchar(max) and varbinary(max) hold, in bytes. */
  private static final long TWO_GIGABYTES = Integer.MAX_VALUE;

  private static final int BYTES_OF_A_UNIT = 2;

  Optional<LogicalType> logical() {
    return Optional.ofNullable(
        switch (name) {
          case "bit" -> new Bool();
          case "tinyint" -> new Whole(8, true);
          case "smallint" -> new Whole(16, false);
          case "int" -> new Whole(32, false);
          case "bigint" -> new Whole(64, false);
          case "decimal", "numeric" -> new Decimal(precision, scale);
          case "money" -> new Decimal(19, 4);
          case "smallmoney" -> new Decimal(10, 4);
          case "real" -> new Floating(32);
          case "float" -> new Floating(64);
          case "nchar" -> new FixedText(maxLength / BYTES_OF_A_UNIT, Unit.UTF16, true);
          // No character takes more UTF-16 units than it takes bytes
          case "char" -> new FixedText(maxLength, Unit.UTF16, true);
          case "nvarchar", "sysname" ->
              maxLength < 0 ? longText() : text(maxLength / BYTES_OF_A_UNIT);
          case "varchar" -> maxLength < 0 ? longText() : text(maxLength);
          case "text", "ntext" -> longText();
          case "binary", "timestamp", "rowversion" -> new FixedBinary(maxLength);
          case "varbinary" -> maxLength < 0 ? new LongBinary(TWO_GIGABYTES) : new Binary(maxLength);
          case "image" -> new LongBinary(TWO_GIGABYTES);
          case "date" -> new Date();
          case "time" -> new TimeOfDay(scale);
          case "smalldatetime" -> new WallClock(0);
          case "datetime" -> new WallClock(3);
          case "datetime2" -> new WallClock(scale);
          case "datetimeoffset" -> new Instant(scale);
          case "uniqueidentifier" -> new Uuid();
          case "json" -> new Json();
          default -> null;
        });
  }

  private static Text text(int units) {
    return new Text(units, Unit.UTF16);
  }

  private static LongText longText() {
    return new LongText(TWO_GIGABYTES);
  }

  /** As a CREATE TABLE has it. */
  String declared() {
    return switch (name) {
      case "decimal", "numeric" -> "%s(%d,%d)".formatted(name, precision, scale);
      case "nchar", "nvarchar" -> sized(maxLength / BYTES_OF_A_UNIT);
      case "char", "varchar", "binary", "varbinary" -> sized(maxLength);
      case "time", "datetime2", "datetimeoffset" -> "%s(%d)".formatted(name, scale);
      default -> name;
    };
  }

  private String sized(int length) {
    return "%s(%s)".formatted(name, maxLength < 0 ? "max" : Integer.toString(length));
  }
}
