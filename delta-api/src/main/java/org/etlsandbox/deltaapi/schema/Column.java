package org.etlsandbox.deltaapi.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of a live table.
 *
 * @param sourceType the type as its product declares it
 * @param defaultValue null where there is none, or where it is null
 * @param comment empty where there is none
 * @param remarks what the column does or has in its product and does not keep elsewhere, a sentence
 *     each
 */
public record Column(
    String name,
    String sourceType,
    LogicalType type,
    boolean nullable,
    @Nullable DefaultValue defaultValue,
    String comment,
    List<String> remarks) {

  public Column {
    remarks = List.copyOf(remarks);
  }
}
