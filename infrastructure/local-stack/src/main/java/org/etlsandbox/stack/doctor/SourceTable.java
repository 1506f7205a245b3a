package org.etlsandbox.stack.doctor;

import java.util.List;

/** One of the seven tables of the join, with the columns that the join and the polling read. */
record SourceTable(String name, List<String> columns) {

  static final List<SourceTable> ALL =
      List.of(
          new SourceTable(
              "rental",
              List.of(
                  "rental_id",
                  "rental_date",
                  "inventory_id",
                  "customer_id",
                  "return_date",
                  "last_update")),
          new SourceTable("payment", List.of("payment_id", "rental_id", "amount", "last_update")),
          new SourceTable(
              "customer", List.of("customer_id", "first_name", "last_name", "last_update")),
          new SourceTable("inventory", List.of("inventory_id", "film_id", "last_update")),
          new SourceTable("film", List.of("film_id", "title", "last_update")),
          new SourceTable("film_category", List.of("film_id", "category_id", "last_update")),
          new SourceTable("category", List.of("category_id", "name", "last_update")));

  /** Reads every needed column and no row. */
  String probe() {
    return "SELECT " + String.join(", ", columns) + " FROM " + name + " LIMIT 0";
  }

  String createIndex() {
    return "CREATE INDEX idx_last_update ON " + name + " (last_update);";
  }
}
