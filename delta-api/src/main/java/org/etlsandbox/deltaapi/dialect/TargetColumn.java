package org.etlsandbox.deltaapi.dialect;

import java.util.List;
import org.etlsandbox.deltaapi.schema.Column;
import org.jspecify.annotations.Nullable;

/**
 * What a column becomes in a dialect.
 *
 * @param declared the whole type, with what makes it nullable where that is part of the type
 * @param defaultSql null where there is none
 * @param comment as it is given to the new column; empty where there is none
 * @param notes what is lost on the way, a sentence each
 */
public record TargetColumn(
    Column source,
    TargetType type,
    String declared,
    @Nullable String defaultSql,
    String comment,
    List<String> notes) {

  public TargetColumn {
    notes = List.copyOf(notes);
  }
}
