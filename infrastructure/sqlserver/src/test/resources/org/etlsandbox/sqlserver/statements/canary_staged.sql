-- 126: ISO 8601, yyyy-MM-ddThh:mm:ss, whatever language and date format the session has. https://learn.microsoft.com/sql/t-sql/functions/cast-and-convert-transact-sql
SELECT CONVERT(datetime2(0), rental_date, 126), CONVERT(datetime2(0), return_date, 126)
  FROM #etl_staging;
