-- CHECK_CONSTRAINTS: without it the constraints count as untrusted, and switching them off takes the right to alter the table. https://learn.microsoft.com/sql/t-sql/statements/bulk-insert-transact-sql
-- TABLOCK: nobody else sees this table: one lock instead of one a row, and pages instead of rows in the log. https://learn.microsoft.com/sql/relational-databases/import-export/prerequisites-for-minimal-logging-in-bulk-import
-- ORDER: rows come in the order of the clustered key, and need no sort; sent to SQL Server only, others do not know it. https://learn.microsoft.com/sql/t-sql/statements/bulk-insert-transact-sql
-- DECIMAL(10, 2): declared by us; what the driver guesses from a row it may round in the next. https://learn.microsoft.com/sql/connect/jdbc/using-bulk-copy-with-the-jdbc-driver
-- VARCHAR(19): moments as texts, converted by the statement that reads them. https://learn.microsoft.com/sql/t-sql/functions/cast-and-convert-transact-sql
INSERT BULK [#etl_staging]
 ([rental_id] BIGINT ,
  [payment_id] BIGINT ,
  [category_id] BIGINT ,
  [customer_id] BIGINT ,
  [customer_name] NVARCHAR(182) ,
  [film_id] BIGINT ,
  [film_title] NVARCHAR(510) ,
  [category] NVARCHAR(50) ,
  [amount] DECIMAL(10, 2) ,
  [rental_date] VARCHAR(19) ,
  [return_date] VARCHAR(19) ,
  [row_version] BIGINT )
with (CHECK_CONSTRAINTS, TABLOCK, ORDER([rental_id] ASC, [payment_id] ASC, [category_id] ASC))
