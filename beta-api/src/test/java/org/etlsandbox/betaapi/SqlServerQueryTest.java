package org.etlsandbox.betaapi;

import org.etlsandbox.testkit.engine.TestEngines;

class SqlServerQueryTest extends QueryContract {

  static final String TABLE =
      """
      CREATE TABLE customer_order_flat (
        rental_id bigint NOT NULL,
        payment_id bigint NOT NULL,
        category_id bigint NOT NULL,
        customer_id bigint NOT NULL,
        customer_name nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
        film_id bigint NOT NULL,
        film_title nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
        category nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
        amount decimal(10, 2) NOT NULL,
        rental_date datetime2(0) NOT NULL,
        return_date datetime2(0),
        row_version bigint NOT NULL,
        is_deleted bit NOT NULL,
        PRIMARY KEY (rental_id, payment_id, category_id)
      )
      """;

  static final String VIEW =
      """
      CREATE VIEW customer_order_flat_current AS
      SELECT * FROM customer_order_flat WHERE is_deleted = 0
      """;

  SqlServerQueryTest() {
    super(TestEngines.sqlServer(), TABLE, VIEW);
  }
}
