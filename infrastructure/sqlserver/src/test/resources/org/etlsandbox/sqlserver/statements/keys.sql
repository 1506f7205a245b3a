-- ORDER BY: key order is promised by nothing else, not even by the clustered index. https://learn.microsoft.com/sql/t-sql/queries/select-order-by-clause-transact-sql
SELECT rental_id, payment_id, category_id
  FROM customer_order_flat
 WHERE rental_id > ?
   AND rental_id <= ?
   AND is_deleted = 0
 ORDER BY rental_id, payment_id, category_id;
