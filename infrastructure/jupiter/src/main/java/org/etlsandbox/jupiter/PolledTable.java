package org.etlsandbox.jupiter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.etlsandbox.source.SourceTable;

/**
 * One of the seven tables as polling sees it.
 *
 * @param keys primary key columns in their order
 * @param values the other columns that the join depends on: a change of any of them is a change
 * @param rentals the rentals whose flats depend on rows of this table: joins from the table to
 *     {@code rental r}, completed by a condition on the keys
 */
record PolledTable(SourceTable table, List<String> keys, List<String> values, String rentals) {

  /**
   * MariaDB makes a subquery of a list of 1,000 values or more (in_predicate_conversion_threshold),
   * and then reads both tables of a join to the end.
   */
  static final int LONGEST_LIST = 500;

  private static final List<PolledTable> ALL =
      List.of(
          new PolledTable(
              SourceTable.RENTAL,
              List.of("rental_id"),
              List.of("rental_date", "inventory_id", "customer_id", "return_date"),
              "rental t JOIN rental r ON r.rental_id = t.rental_id"),
          new PolledTable(
              SourceTable.PAYMENT,
              List.of("payment_id"),
              List.of("rental_id", "amount"),
              "payment t JOIN rental r ON r.rental_id = t.rental_id"),
          new PolledTable(
              SourceTable.CUSTOMER,
              List.of("customer_id"),
              List.of("first_name", "last_name"),
              "customer t JOIN rental r ON r.customer_id = t.customer_id"),
          new PolledTable(
              SourceTable.INVENTORY,
              List.of("inventory_id"),
              List.of("film_id"),
              "inventory t JOIN rental r ON r.inventory_id = t.inventory_id"),
          new PolledTable(
              SourceTable.FILM,
              List.of("film_id"),
              List.of("title"),
              """
              film t JOIN inventory i ON i.film_id = t.film_id
              JOIN rental r ON r.inventory_id = i.inventory_id\
              """),
          new PolledTable(
              SourceTable.FILM_CATEGORY,
              List.of("film_id", "category_id"),
              List.of(),
              """
              film_category t JOIN inventory i ON i.film_id = t.film_id
              JOIN rental r ON r.inventory_id = i.inventory_id\
              """),
          new PolledTable(
              SourceTable.CATEGORY,
              List.of("category_id"),
              List.of("name"),
              """
              category t JOIN film_category fc ON fc.category_id = t.category_id
              JOIN inventory i ON i.film_id = fc.film_id
              JOIN rental r ON r.inventory_id = i.inventory_id\
              """));

  static List<PolledTable> all() {
    return ALL;
  }

  static PolledTable of(SourceTable table) {
    return ALL.get(table.ordinal());
  }

  boolean hasCompositeKey() {
    return keys.size() == 2;
  }

  /** Every column that must be there. */
  List<String> columns() {
    List<String> columns = new ArrayList<>(keys);
    columns.addAll(values);
    columns.add("last_update");
    return columns;
  }

  static String placeholders(int count) {
    String[] marks = new String[count];
    Arrays.fill(marks, "?");
    return String.join(", ", marks);
  }
}
