-- UPDATE t: update, update, insert instead of MERGE: each with its own seek and its own count, and no lock that the other branches need. https://learn.microsoft.com/sql/t-sql/statements/merge-transact-sql
-- FROM: the join is on the whole key of both tables: no row of the target meets two of staging. https://learn.microsoft.com/sql/t-sql/queries/update-transact-sql
-- UPDLOCK: what is read here is written next: two sessions that both read first would deadlock when they write. https://learn.microsoft.com/sql/t-sql/queries/hints-transact-sql-table
-- HOLDLOCK: keeps the gaps too, until the end of the transaction: no row of the scope appears between a check and its write. https://learn.microsoft.com/sql/t-sql/queries/hints-transact-sql-table
-- EXCEPT: NULL equals NULL here, so a return date that comes or goes is a difference, and a row that stays is none. https://learn.microsoft.com/sql/t-sql/language-elements/set-operators-except-and-intersect-transact-sql
-- DATALENGTH: counts trailing blanks. https://learn.microsoft.com/sql/t-sql/functions/datalength-transact-sql
-- padding: = and EXCEPT pad the shorter text, also under BIN2, so that blanks at the end would be no difference. https://learn.microsoft.com/sql/t-sql/language-elements/string-comparison-assignment
-- 126: ISO 8601, yyyy-MM-ddThh:mm:ss, whatever language and date format the session has. https://learn.microsoft.com/sql/t-sql/functions/cast-and-convert-transact-sql
-- NOT EXISTS: a plain anti-join on the whole key, in which no NULL can hide a row. https://learn.microsoft.com/sql/t-sql/language-elements/exists-transact-sql
-- OPTION (RECOMPILE): scopes hold one rental or millions; a plan is made for the actual bounds and the rows in staging, never reused from another size. https://learn.microsoft.com/sql/t-sql/queries/hints-transact-sql-query
-- ROWCOUNT_BIG: NOCOUNT sends no counts, and @@ROWCOUNT is an int. https://learn.microsoft.com/sql/t-sql/functions/rowcount-big-transact-sql
DECLARE @from bigint = ?, @to bigint = ?;
DECLARE @revived bigint, @updated bigint, @inserted bigint;

UPDATE t
   SET customer_id = s.customer_id,
       customer_name = s.customer_name,
       film_id = s.film_id,
       film_title = s.film_title,
       category = s.category,
       amount = s.amount,
       rental_date = CONVERT(datetime2(0), s.rental_date, 126),
       return_date = CONVERT(datetime2(0), s.return_date, 126),
       row_version = s.row_version,
       is_deleted = 0
  FROM customer_order_flat AS t WITH (UPDLOCK, HOLDLOCK)
  JOIN #etl_staging AS s
    ON s.rental_id = t.rental_id
   AND s.payment_id = t.payment_id
   AND s.category_id = t.category_id
 WHERE t.rental_id > @from
   AND t.rental_id <= @to
   AND t.is_deleted = 1
   AND t.row_version <= s.row_version
OPTION (RECOMPILE);
SET @revived = ROWCOUNT_BIG();

UPDATE t
   SET customer_id = s.customer_id,
       customer_name = s.customer_name,
       film_id = s.film_id,
       film_title = s.film_title,
       category = s.category,
       amount = s.amount,
       rental_date = CONVERT(datetime2(0), s.rental_date, 126),
       return_date = CONVERT(datetime2(0), s.return_date, 126),
       row_version = s.row_version
  FROM customer_order_flat AS t WITH (UPDLOCK, HOLDLOCK)
  JOIN #etl_staging AS s
    ON s.rental_id = t.rental_id
   AND s.payment_id = t.payment_id
   AND s.category_id = t.category_id
 WHERE t.rental_id > @from
   AND t.rental_id <= @to
   AND t.is_deleted = 0
   AND t.row_version <= s.row_version
   AND EXISTS (
         SELECT s.customer_id,
                s.customer_name,
                DATALENGTH(s.customer_name),
                s.film_id,
                s.film_title,
                DATALENGTH(s.film_title),
                s.category,
                DATALENGTH(s.category),
                s.amount,
                CONVERT(datetime2(0), s.rental_date, 126),
                CONVERT(datetime2(0), s.return_date, 126)
         EXCEPT
         SELECT t.customer_id,
                t.customer_name,
                DATALENGTH(t.customer_name),
                t.film_id,
                t.film_title,
                DATALENGTH(t.film_title),
                t.category,
                DATALENGTH(t.category),
                t.amount,
                t.rental_date,
                t.return_date)
OPTION (RECOMPILE);
SET @updated = ROWCOUNT_BIG();

INSERT INTO customer_order_flat
  (rental_id, payment_id, category_id, customer_id, customer_name, film_id, film_title,
   category, amount, rental_date, return_date, row_version, is_deleted)
SELECT s.rental_id,
       s.payment_id,
       s.category_id,
       s.customer_id,
       s.customer_name,
       s.film_id,
       s.film_title,
       s.category,
       s.amount,
       CONVERT(datetime2(0), s.rental_date, 126),
       CONVERT(datetime2(0), s.return_date, 126),
       s.row_version,
       0
  FROM #etl_staging AS s
 WHERE NOT EXISTS (
         SELECT 1
           FROM customer_order_flat AS t WITH (UPDLOCK, HOLDLOCK)
          WHERE t.rental_id = s.rental_id
            AND t.payment_id = s.payment_id
            AND t.category_id = s.category_id)
OPTION (RECOMPILE);
SET @inserted = ROWCOUNT_BIG();

SELECT @revived AS revived, @updated AS updated, @inserted AS inserted;
