-- INSERT: where texts are not converted to dates while they are bulk copied, new ranges go through staging, and are compared with nothing. https://learn.microsoft.com/sql/t-sql/statements/insert-transact-sql
-- 126: ISO 8601, yyyy-MM-ddThh:mm:ss, whatever language and date format the session has. https://learn.microsoft.com/sql/t-sql/functions/cast-and-convert-transact-sql
INSERT INTO customer_order_flat
  (rental_id, payment_id, category_id, customer_id, customer_name, film_id, film_title,
   category, amount, rental_date, return_date, row_version, is_deleted)
SELECT rental_id,
       payment_id,
       category_id,
       customer_id,
       customer_name,
       film_id,
       film_title,
       category,
       amount,
       CONVERT(datetime2(0), rental_date, 126),
       CONVERT(datetime2(0), return_date, 126),
       row_version,
       0
  FROM #etl_staging;
