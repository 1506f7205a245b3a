package org.etlsandbox.deltaapi.schema;

import java.util.List;

/**
 * Which values a column can hold, independent of any product's name for it. {@code
 * docs/ddl-types.md} says what each type of each product is here.
 */
public sealed interface LogicalType {

  /** A capacity that no other one exceeds. */
  long UNLIMITED = Long.MAX_VALUE;

  /** How it is shown: {@code decimal(10,2)}. */
  String describe();

  /** What the length of a text counts. */
  enum Unit {
    CHARACTERS,
    /** Two for a character beyond U+FFFF. */
    UTF16
  }

  record Bool() implements LogicalType {
    @Override
    public String describe() {
      return "boolean";
    }
  }

  record Whole(int bits, boolean unsigned) implements LogicalType {
    @Override
    public String describe() {
      return (unsigned ? "unsigned" : "signed") + " integer of " + bits + " bits";
    }
  }

  record Decimal(int precision, int scale) implements LogicalType {
    @Override
    public String describe() {
      return "decimal(" + precision + "," + scale + ")";
    }
  }

  /** As many digits as a value has. */
  record AnyDecimal() implements LogicalType {
    @Override
    public String describe() {
      return "decimal of any precision";
    }
  }

  record Floating(int bits) implements LogicalType {
    @Override
    public String describe() {
      return "floating point of " + bits + " bits";
    }
  }

  /** A row of two or more bits; one bit is a {@link Bool}. */
  record Bits(int length) implements LogicalType {
    @Override
    public String describe() {
      return length + " bits";
    }
  }

  record Text(int length, Unit unit) implements LogicalType {
    @Override
    public String describe() {
      return "text(" + length + (unit == Unit.UTF16 ? " UTF-16 units)" : ")");
    }
  }

  /**
   * @param padded whether a shorter value is given back with the blanks that fill it up
   */
  record FixedText(int length, Unit unit, boolean padded) implements LogicalType {
    @Override
    public String describe() {
      return "fixed text("
          + length
          + (unit == Unit.UTF16 ? " UTF-16 units" : "")
          + (padded ? ", padded)" : ")");
    }
  }

  /** Without a length of its own. */
  record LongText(long bytes) implements LogicalType {
    @Override
    public String describe() {
      return bytes == UNLIMITED ? "text" : "text up to " + bytes + " bytes";
    }
  }

  record Binary(int length) implements LogicalType {
    @Override
    public String describe() {
      return "binary(" + length + ")";
    }
  }

  /** A shorter value is filled up with zero bytes. */
  record FixedBinary(int length) implements LogicalType {
    @Override
    public String describe() {
      return "fixed binary(" + length + ")";
    }
  }

  /** Without a length of its own. */
  record LongBinary(long bytes) implements LogicalType {
    @Override
    public String describe() {
      return bytes == UNLIMITED ? "binary" : "binary up to " + bytes + " bytes";
    }
  }

  record Date() implements LogicalType {
    @Override
    public String describe() {
      return "date";
    }
  }

  /** From midnight to midnight. */
  record TimeOfDay(int precision) implements LogicalType {
    @Override
    public String describe() {
      return "time of day(" + precision + ")";
    }
  }

  /** Hours, minutes and seconds of either sign, more than a day's too. */
  record ElapsedTime(int precision) implements LogicalType {
    @Override
    public String describe() {
      return "elapsed time(" + precision + ")";
    }
  }

  /** Date and time as a clock on the wall shows them, in whatever zone. */
  record WallClock(int precision) implements LogicalType {
    @Override
    public String describe() {
      return "wall clock(" + precision + ")";
    }
  }

  /** A point in time, the same all over the world. */
  record Instant(int precision) implements LogicalType {
    @Override
    public String describe() {
      return "instant(" + precision + ")";
    }
  }

  record Year() implements LogicalType {
    @Override
    public String describe() {
      return "year";
    }
  }

  /** One of these texts. */
  record Enumeration(List<String> values) implements LogicalType {
    public Enumeration {
      values = List.copyOf(values);
    }

    @Override
    public String describe() {
      return "one of " + values.size() + " texts";
    }
  }

  /** Any of these texts, each once, joined by commas. */
  record Choice(List<String> values) implements LogicalType {
    public Choice {
      values = List.copyOf(values);
    }

    @Override
    public String describe() {
      return "any of " + values.size() + " texts";
    }
  }

  record Json() implements LogicalType {
    @Override
    public String describe() {
      return "JSON";
    }
  }

  record Uuid() implements LogicalType {
    @Override
    public String describe() {
      return "UUID";
    }
  }
}
