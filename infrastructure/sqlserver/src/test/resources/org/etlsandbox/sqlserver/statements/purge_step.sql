-- DELETE TOP: one step takes at most that many row locks and that much log; the caller repeats it until nothing is left. https://learn.microsoft.com/sql/t-sql/statements/delete-transact-sql
-- ROWCOUNT_BIG: NOCOUNT sends no counts, and @@ROWCOUNT is an int. https://learn.microsoft.com/sql/t-sql/functions/rowcount-big-transact-sql
DELETE TOP (10000)
  FROM customer_order_flat
 WHERE is_deleted = 1;
SELECT ROWCOUNT_BIG() AS purged;
