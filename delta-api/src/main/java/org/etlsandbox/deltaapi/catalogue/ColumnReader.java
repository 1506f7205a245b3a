package org.etlsandbox.deltaapi.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.etlsandbox.deltaapi.schema.Column;
import org.etlsandbox.deltaapi.schema.Refusal;
import org.etlsandbox.deltaapi.schema.RefusedException;

/** Collects the columns of a table, and all that cannot be read before it gives up. */
final class ColumnReader {

  /**
   * A row of a catalogue.
   *
   * @param column empty where the type is not known
   */
  record Read(String name, String sourceType, Optional<Column> column) {

    static Read unknown(String name, String sourceType) {
      return new Read(name, sourceType, Optional.empty());
    }

    static Read of(Column column) {
      return new Read(column.name(), column.sourceType(), Optional.of(column));
    }
  }

  private ColumnReader() {}

  static List<Column> all(String product, List<Read> rows) {
    List<Column> columns = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    for (Read row : rows) {
      row.column()
          .ifPresentOrElse(
              columns::add,
              () ->
                  refusals.add(
                      new Refusal(
                          row.name(),
                          row.sourceType(),
                          "%s's type has no counterpart here.".formatted(product))));
    }
    if (!refusals.isEmpty()) {
      throw new RefusedException(refusals);
    }
    return columns;
  }
}
