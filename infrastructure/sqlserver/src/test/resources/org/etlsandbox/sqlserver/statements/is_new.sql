-- EXISTS: stops at the first row, tombstones count: a straight copy can only insert. https://learn.microsoft.com/sql/t-sql/language-elements/exists-transact-sql
-- READ COMMITTED: no hint: overlapping scopes go one after the other, and a range lock would stop the neighbours; a row that came all the same is a duplicate key (2627), and the copy is undone. https://learn.microsoft.com/sql/t-sql/statements/set-transaction-isolation-level-transact-sql
SELECT CASE WHEN EXISTS (
         SELECT 1 FROM customer_order_flat WHERE rental_id > ? AND rental_id <= ?)
       THEN 0 ELSE 1 END AS is_new;
