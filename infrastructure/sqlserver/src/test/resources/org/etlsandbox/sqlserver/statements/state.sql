-- MAX: tombstones count, they have versions too; NULL of an empty table is 0 by ISNULL. https://learn.microsoft.com/sql/t-sql/functions/isnull-transact-sql
SELECT incarnation,
       epoch,
       (SELECT ISNULL(MAX(row_version), 0) FROM customer_order_flat) AS max_row_version
  FROM etl_destination;
