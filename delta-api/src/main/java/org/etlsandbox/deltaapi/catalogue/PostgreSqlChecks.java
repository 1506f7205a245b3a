package org.etlsandbox.deltaapi.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.etlsandbox.deltaapi.schema.LogicalType;
import org.etlsandbox.deltaapi.schema.LogicalType.Choice;
import org.etlsandbox.deltaapi.schema.LogicalType.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Recognises, in what {@code pg_get_constraintdef} shows, the constraints by which a text column is
 * an enumeration or a set.
 */
final class PostgreSqlChecks {

  private PostgreSqlChecks() {}

  /**
   * @param column the name as {@code quote_ident} writes it
   */
  static Optional<LogicalType> type(String check, String column) {
    Scanner one = new Scanner(check);
    if (one.skip("CHECK ((" + column + " = ")) {
      List<String> values = one.skip("ANY (ARRAY[") ? list(one, "])))") : list(one, "))");
      return Optional.ofNullable(values).map(Enumeration::new);
    }
    Scanner any = new Scanner(check);
    return any.skip("CHECK ((string_to_array(" + column + ", ','::text) <@ ARRAY[")
        ? Optional.ofNullable(list(any, "]))")).map(Choice::new)
        : Optional.empty();
  }

  private static @Nullable List<String> list(Scanner scanner, String end) {
    List<String> values = new ArrayList<>();
    do {
      String value = scanner.quoted('\'', scanner.skip("E"));
      if (value == null || !scanner.skip("::text")) {
        return null;
      }
      values.add(value);
    } while (scanner.skip(", "));
    return scanner.skip(end) && scanner.atEnd() ? values : null;
  }
}
