-- ISNULL: of an empty table 0 instead of NULL. https://learn.microsoft.com/sql/t-sql/functions/isnull-transact-sql
SELECT ISNULL(MAX(rental_id), 0) FROM customer_order_flat WHERE is_deleted = 0
