-- ORDER BY: key order is promised by nothing else, not even by the clustered index. https://learn.microsoft.com/sql/t-sql/queries/select-order-by-clause-transact-sql
SELECT rental_id,
       payment_id,
       category_id,
       customer_id,
       customer_name,
       film_id,
       film_title,
       category,
       amount,
       rental_date,
       return_date,
       row_version,
       is_deleted
  FROM customer_order_flat
 WHERE rental_id > ?
   AND rental_id <= ?
 ORDER BY rental_id, payment_id, category_id;
