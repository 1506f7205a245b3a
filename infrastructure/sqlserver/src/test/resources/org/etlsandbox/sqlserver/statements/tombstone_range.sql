-- UPDLOCK: what is read here is written next: two sessions that both read first would deadlock when they write. https://learn.microsoft.com/sql/t-sql/queries/hints-transact-sql-table
-- HOLDLOCK: keeps the gaps too, until the end of the transaction: no row of the scope appears between a check and its write. https://learn.microsoft.com/sql/t-sql/queries/hints-transact-sql-table
-- NOT EXISTS: a plain anti-join on the whole key, in which no NULL can hide a row. https://learn.microsoft.com/sql/t-sql/language-elements/exists-transact-sql
-- OPTION (RECOMPILE): scopes hold one rental or millions; a plan is made for the actual bounds and the rows in staging, never reused from another size. https://learn.microsoft.com/sql/t-sql/queries/hints-transact-sql-query
-- ROWCOUNT_BIG: NOCOUNT sends no counts, and @@ROWCOUNT is an int. https://learn.microsoft.com/sql/t-sql/functions/rowcount-big-transact-sql
DECLARE @from bigint = ?, @to bigint = ?, @version bigint = ?;
UPDATE t
   SET is_deleted = 1,
       row_version = @version
  FROM customer_order_flat AS t WITH (UPDLOCK, HOLDLOCK)
 WHERE t.rental_id > @from
   AND t.rental_id <= @to
   AND t.is_deleted = 0
   AND t.row_version <= @version
   AND NOT EXISTS (
         SELECT 1
           FROM #etl_staging AS s
          WHERE s.rental_id = t.rental_id
            AND s.payment_id = t.payment_id
            AND s.category_id = t.category_id)
OPTION (RECOMPILE);
SELECT ROWCOUNT_BIG() AS tombstoned;
