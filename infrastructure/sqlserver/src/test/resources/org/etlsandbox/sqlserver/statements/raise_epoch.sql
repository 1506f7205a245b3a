-- UPDATE: the table has one row (CHECK), and whoever comes here holds the exclusive lock: no hint. https://learn.microsoft.com/sql/t-sql/queries/update-transact-sql
UPDATE etl_destination SET epoch = ?
