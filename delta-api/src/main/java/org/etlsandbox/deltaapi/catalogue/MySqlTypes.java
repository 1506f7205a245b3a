package org.etlsandbox.deltaapi.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.etlsandbox.deltaapi.schema.LogicalType;
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
import org.etlsandbox.deltaapi.schema.LogicalType.Unit;
import org.etlsandbox.deltaapi.schema.LogicalType.Uuid;
import org.etlsandbox.deltaapi.schema.LogicalType.WallClock;
import org.etlsandbox.deltaapi.schema.LogicalType.Whole;
import org.etlsandbox.deltaapi.schema.LogicalType.Year;

/**
 * A type of MySQL or MariaDB, as {@code information_schema.columns} tells it.
 *
 * @param name {@code DATA_TYPE}, in lower case
 * @param declared {@code COLUMN_TYPE}: {@code int unsigned}, {@code enum('a','b')}
 */
record MySqlTypes(
    String name, String declared, long length, int precision, int scale, int datetimePrecision) {

  Optional<LogicalType> logical() {
    return Optional.ofNullable(
        switch (name) {
          // Not boolean: BOOLEAN is TINYINT(1), which holds every number from -128 to 127
          case "tinyint" -> new Whole(8, unsigned());
          case "smallint" -> new Whole(16, unsigned());
          case "mediumint" -> new Whole(24, unsigned());
          case "int" -> new Whole(32, unsigned());
          case "bigint" -> new Whole(64, unsigned());
          case "decimal" -> new Decimal(precision, scale);
          case "float" -> new Floating(32);
          case "double" -> new Floating(64);
          case "bit" -> precision == 1 ? new Bool() : new Bits(precision);
          case "char" -> new FixedText((int) length, Unit.CHARACTERS, false);
          case "varchar" -> new Text((int) length, Unit.CHARACTERS);
          case "tinytext", "text", "mediumtext", "longtext" -> new LongText(length);
          case "binary" -> new FixedBinary((int) length);
          case "varbinary" -> new Binary((int) length);
          case "tinyblob", "blob", "mediumblob", "longblob" -> new LongBinary(length);
          case "date" -> new Date();
          case "time" -> new ElapsedTime(datetimePrecision);
          case "datetime" -> new WallClock(datetimePrecision);
          case "timestamp" -> new Instant(datetimePrecision);
          case "year" -> new Year();
          case "enum" -> new Enumeration(values());
          case "set" -> new Choice(values());
          case "json" -> new Json();
          case "uuid" -> new Uuid();
          default -> null;
        });
  }

  boolean unsigned() {
    return declared.contains(" unsigned");
  }

  /** Whether a value of an enumeration or a set may be another one than the catalogue shows. */
  boolean mayHideCharacters() {
    return (name.equals("enum") || name.equals("set")) && declared.contains("?");
  }

  /** Of {@code float(7,2)} the part that rounds. */
  boolean rounds() {
    return (name.equals("float") || name.equals("double")) && declared.contains(",");
  }

  private List<String> values() {
    Scanner scanner = new Scanner(declared);
    scanner.until("(");
    List<String> values = new ArrayList<>();
    while (scanner.skip("(") || scanner.skip(",")) {
      String value = scanner.quoted('\'', true);
      if (value == null) {
        throw new IllegalStateException("Cannot read the values of " + declared);
      }
      values.add(value);
    }
    return values;
  }
}
