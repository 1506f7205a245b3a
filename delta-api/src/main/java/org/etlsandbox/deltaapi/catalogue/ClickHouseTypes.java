package org.etlsandbox.deltaapi.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etlsandbox.deltaapi.schema.LogicalType;
import org.etlsandbox.deltaapi.schema.LogicalType.Bool;
import org.etlsandbox.deltaapi.schema.LogicalType.Date;
import org.etlsandbox.deltaapi.schema.LogicalType.Decimal;
import org.etlsandbox.deltaapi.schema.LogicalType.ElapsedTime;
import org.etlsandbox.deltaapi.schema.LogicalType.Enumeration;
import org.etlsandbox.deltaapi.schema.LogicalType.FixedBinary;
import org.etlsandbox.deltaapi.schema.LogicalType.Floating;
import org.etlsandbox.deltaapi.schema.LogicalType.Instant;
import org.etlsandbox.deltaapi.schema.LogicalType.Json;
import org.etlsandbox.deltaapi.schema.LogicalType.LongText;
import org.etlsandbox.deltaapi.schema.LogicalType.Uuid;
import org.etlsandbox.deltaapi.schema.LogicalType.Whole;
import org.jspecify.annotations.Nullable;

/** ClickHouse's types, as {@code system.columns} shows them. */
final class ClickHouseTypes {

  private static final Pattern WRAPPED =
      Pattern.compile("(Nullable|LowCardinality)\\((.*)\\)", Pattern.DOTALL);
  private static final Pattern WHOLE = Pattern.compile("(U?)Int(8|16|32|64|128|256)");
  private static final Pattern DECIMAL = Pattern.compile("Decimal\\((\\d+), (\\d+)\\)");
  private static final Pattern SIZED =
      Pattern.compile("(FixedString|DateTime64|Time64)\\((\\d+)(?:, '[^']*')?\\)");
  private static final Pattern DATE_TIME = Pattern.compile("DateTime(?:\\('[^']*'\\))?");

  /**
   * @param type without what only says how it is stored
   */
  record Shape(LogicalType type, boolean nullable) {}

  private ClickHouseTypes() {}

  static Optional<Shape> of(String shown) {
    String inner = shown;
    boolean nullable = false;
    for (Matcher m = WRAPPED.matcher(inner); m.matches(); m = WRAPPED.matcher(inner)) {
      nullable |= m.group(1).equals("Nullable");
      inner = m.group(2);
    }
    LogicalType type = logical(inner);
    return type == null ? Optional.empty() : Optional.of(new Shape(type, nullable));
  }

  private static @Nullable LogicalType logical(String shown) {
    Matcher whole = WHOLE.matcher(shown);
    if (whole.matches()) {
      return new Whole(Integer.parseInt(whole.group(2)), !whole.group(1).isEmpty());
    }
    Matcher decimal = DECIMAL.matcher(shown);
    if (decimal.matches()) {
      return new Decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    Matcher sized = SIZED.matcher(shown);
    if (sized.matches()) {
      int size = Integer.parseInt(sized.group(2));
      return switch (sized.group(1)) {
        case "FixedString" -> new FixedBinary(size);
        case "DateTime64" -> new Instant(size);
        default -> new ElapsedTime(size);
      };
    }
    if (DATE_TIME.matcher(shown).matches()) {
      return new Instant(0);
    }
    if (shown.startsWith("Enum8(") || shown.startsWith("Enum16(")) {
      return enumeration(shown);
    }
    return switch (shown) {
      case "Bool" -> new Bool();
      case "Float32" -> new Floating(32);
      case "Float64" -> new Floating(64);
      case "String" -> new LongText(LogicalType.UNLIMITED);
      case "Date", "Date32" -> new Date();
      case "Time" -> new ElapsedTime(0);
      case "UUID" -> new Uuid();
      case "JSON" -> new Json();
      default -> null;
    };
  }

  // Enum8('G' = 1, 'PG' = 2)
  private static @Nullable LogicalType enumeration(String shown) {
    Scanner scanner = new Scanner(shown);
    scanner.until("(");
    scanner.skip("(");
    List<String> values = new ArrayList<>();
    do {
      String value = scanner.quoted('\'', true);
      if (value == null) {
        return null;
      }
      values.add(value);
      scanner.until(",)");
    } while (scanner.skip(", "));
    return new Enumeration(values);
  }
}
