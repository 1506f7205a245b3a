-- #: only this session sees it, and it goes with the session. https://learn.microsoft.com/sql/t-sql/statements/create-table-transact-sql
-- PRIMARY KEY: without a name, since a named one within a transaction lets one session at a time create its table. https://learn.microsoft.com/sql/t-sql/statements/create-table-transact-sql
-- OBJECT_ID: finds a temporary table only under tempdb. https://learn.microsoft.com/sql/t-sql/functions/object-id-transact-sql
-- TRUNCATE: not DROP and CREATE: the catalog of tempdb stays as it is; not DELETE: pages are given back and no row is logged. https://learn.microsoft.com/sql/t-sql/statements/truncate-table-transact-sql
-- COLLATE Latin1_General_100_BIN2: compares code units, as the table does: a comparison of two collations would be refused. https://learn.microsoft.com/sql/relational-databases/collations/collation-and-unicode-support
-- varchar(19): moments as texts: the driver would send them through a calendar with a time zone. https://learn.microsoft.com/sql/connect/jdbc/using-bulk-copy-with-the-jdbc-driver
IF OBJECT_ID(N'tempdb..#etl_staging') IS NULL
  CREATE TABLE #etl_staging (
    rental_id     bigint         NOT NULL,
    payment_id    bigint         NOT NULL,
    category_id   bigint         NOT NULL,
    customer_id   bigint         NOT NULL,
    customer_name nvarchar(182)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    film_id       bigint         NOT NULL,
    film_title    nvarchar(510)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    category      nvarchar(50)   COLLATE Latin1_General_100_BIN2 NOT NULL,
    amount        decimal(10, 2) NOT NULL,
    rental_date   varchar(19)    NOT NULL,
    return_date   varchar(19)    NULL,
    row_version   bigint         NOT NULL,
    PRIMARY KEY CLUSTERED (rental_id, payment_id, category_id)
  )
ELSE
  TRUNCATE TABLE #etl_staging;
