package org.etlsandbox.deltaapi.dialect;

import java.util.List;
import java.util.Optional;
import org.etlsandbox.deltaapi.schema.LogicalType;
import org.etlsandbox.deltaapi.schema.Table;
import org.etlsandbox.deltaapi.schema.UnmappableException;

/** How a product declares what a table has. */
public interface SqlDialect {

  /** What the product is called. */
  String title();

  /**
   * The type that takes all values of this one.
   *
   * @throws UnmappableException where the product has none
   */
  TargetType typeOf(LogicalType type);

  /** The type as the column declares it. */
  default String declared(TargetType type, boolean nullable) {
    return type.sql();
  }

  /** Why the product does not take this name for a table or a column; empty where it does. */
  Optional<String> refusedName(String name);

  /** Why a column of this type cannot be part of the primary key; empty where it can. */
  default Optional<String> refusedInKey(LogicalType stored) {
    return Optional.empty();
  }

  /** Whether names that differ in case only are one name. */
  boolean foldsCase();

  /** Characters of the longest comment on a column. */
  int longestComment();

  /** Whether comments may have characters beyond U+FFFF. */
  default boolean commentsTakeEveryCharacter() {
    return true;
  }

  /**
   * A constant as SQL; empty where a column of this type cannot have it as its default.
   *
   * @param text as {@link org.etlsandbox.deltaapi.schema.Literals} writes it
   */
  Optional<String> literal(LogicalType stored, String text);

  /** The time of the insert as SQL; empty where a column of this type cannot have that. */
  Optional<String> currentTime(LogicalType stored);

  /** The statements. */
  String create(Table table, String comment, List<TargetColumn> columns);

  /** What the new table does differently as a whole, a sentence each. */
  default List<String> notes(Table table) {
    return List.of();
  }
}
