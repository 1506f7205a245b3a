package org.etlsandbox.deltaapi.catalogue;

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
   * @param column empty where it is refused
   * @param refusal why; empty where it is not
   */
  record Read(Optional<Column> column, Optional<Refusal> refusal) {

    static Read of(Column column) {
      return new Read(Optional.of(column), Optional.empty());
    }

    static Read refused(String name, String sourceType, String reason) {
      return new Read(Optional.empty(), Optional.of(new Refusal(name, sourceType, reason)));
    }

    static Read unknown(String product, String name, String sourceType) {
      return refused(name, sourceType, "%s's type has no counterpart here.".formatted(product));
    }
  }

  private ColumnReader() {}

  static List<Column> all(List<Read> rows) {
    List<Refusal> refusals = rows.stream().flatMap(row -> row.refusal().stream()).toList();
    if (!refusals.isEmpty()) {
      throw new RefusedException(refusals);
    }
    return rows.stream().flatMap(row -> row.column().stream()).toList();
  }
}
