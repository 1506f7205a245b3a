-- CHECK_CONSTRAINTS: without it the constraints count as untrusted, and switching them off takes the right to alter the table. https://learn.microsoft.com/sql/t-sql/statements/bulk-insert-transact-sql
-- No TABLOCK: other scopes are written at the same time. https://learn.microsoft.com/sql/t-sql/statements/bulk-insert-transact-sql
-- ORDER: rows come in the order of the clustered key, and need no sort. https://learn.microsoft.com/sql/t-sql/statements/bulk-insert-transact-sql
-- VARCHAR(19): moments as texts, which SQL Server converts as they come in; the canary has shown it, or this is not sent. https://learn.microsoft.com/sql/connect/jdbc/using-bulk-copy-with-the-jdbc-driver
-- is_deleted: not among the columns, so it takes its default, 0. https://learn.microsoft.com/sql/relational-databases/import-export/keep-nulls-or-use-default-values-during-bulk-import-sql-server
INSERT BULK [customer_order_flat]
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
with (CHECK_CONSTRAINTS, ORDER([rental_id] ASC, [payment_id] ASC, [category_id] ASC))
