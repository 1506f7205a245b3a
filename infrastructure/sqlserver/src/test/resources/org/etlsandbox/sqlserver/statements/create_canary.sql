-- #: the table's types without the table: only this session sees it, and the transaction that made it is rolled back. https://learn.microsoft.com/sql/t-sql/statements/create-table-transact-sql
-- PRIMARY KEY: as in the table, since the bulk copy names it in its ORDER hint; without a name, as a temporary table's must be. https://learn.microsoft.com/sql/t-sql/statements/create-table-transact-sql
-- COLLATE Latin1_General_100_BIN2: as in the table. https://learn.microsoft.com/sql/relational-databases/collations/collation-and-unicode-support
-- datetime2(0): whole seconds from year 1 to 9999; rounds what has a fraction, so such a moment never gets here. https://learn.microsoft.com/sql/t-sql/data-types/datetime2-transact-sql
CREATE TABLE #etl_canary (
  rental_id     bigint         NOT NULL,
  payment_id    bigint         NOT NULL,
  category_id   bigint         NOT NULL,
  customer_id   bigint         NOT NULL,
  customer_name nvarchar(182)  COLLATE Latin1_General_100_BIN2 NOT NULL,
  film_id       bigint         NOT NULL,
  film_title    nvarchar(510)  COLLATE Latin1_General_100_BIN2 NOT NULL,
  category      nvarchar(50)   COLLATE Latin1_General_100_BIN2 NOT NULL,
  amount        decimal(10, 2) NOT NULL,
  rental_date   datetime2(0)   NOT NULL,
  return_date   datetime2(0)   NULL,
  row_version   bigint         NOT NULL,
  is_deleted    bit            NOT NULL DEFAULT 0,
  PRIMARY KEY CLUSTERED (rental_id, payment_id, category_id)
);
