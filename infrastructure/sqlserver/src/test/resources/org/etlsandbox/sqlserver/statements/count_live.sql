-- COUNT_BIG(*): COUNT overflows as an int. https://learn.microsoft.com/sql/t-sql/functions/count-big-transact-sql
SELECT COUNT_BIG(*) FROM customer_order_flat WHERE is_deleted = 0
