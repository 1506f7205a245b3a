package org.etlsandbox.deltaapi.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.etlsandbox.deltaapi.schema.LogicalType;
import org.etlsandbox.deltaapi.schema.LogicalType.Enumeration;

/**
 * Recognises, in what {@code sys.check_constraints} shows, the constraint by which a text column is
 * an enumeration: {@code ([rating]=N'G' OR [rating]=N'PG')}.
 */
final class SqlServerChecks {

  private SqlServerChecks() {}

  static Optional<LogicalType> type(String check, String column) {
    Scanner scanner = new Scanner(check);
    String equals = "[" + column.replace("]", "]]") + "]=";
    List<String> values = new ArrayList<>();
    if (!scanner.skip("(")) {
      return Optional.empty();
    }
    do {
      boolean known = scanner.skip(equals) && scanner.skip("N");
      String value = known ? scanner.quoted('\'', false) : null;
      if (value == null) {
        return Optional.empty();
      }
      values.add(value);
    } while (scanner.skip(" OR "));
    return scanner.skip(")") && scanner.atEnd()
        ? Optional.of(new Enumeration(values))
        : Optional.empty();
  }
}
