-- SELECT 1: reads no table, so it begins no transaction and needs no right. https://learn.microsoft.com/sql/t-sql/statements/set-implicit-transactions-transact-sql
SELECT 1
