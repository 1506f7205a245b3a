-- OPENJSON: any number of ids in one parameter; needs compatibility level 130. https://learn.microsoft.com/sql/t-sql/functions/openjson-transact-sql
-- 2,100: an IN list ends at that many parameters. https://learn.microsoft.com/sql/sql-server/maximum-capacity-specifications-for-sql-server
-- OPTION (RECOMPILE): one payment or thousands: a plan for this list, by customer_order_flat_payment where that pays. https://learn.microsoft.com/sql/t-sql/queries/hints-transact-sql-query
-- ORDER BY: promised by the contract, and by no index. https://learn.microsoft.com/sql/t-sql/queries/select-order-by-clause-transact-sql
DECLARE @payments nvarchar(max) = ?;
SELECT DISTINCT t.rental_id
  FROM customer_order_flat AS t
 WHERE t.payment_id IN (SELECT id FROM OPENJSON(@payments) WITH (id bigint '$'))
   AND t.is_deleted = 0
 ORDER BY t.rental_id
OPTION (RECOMPILE);
