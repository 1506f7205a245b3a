-- datetime2(0): no conversion: what the server itself made of the texts. https://learn.microsoft.com/sql/t-sql/data-types/datetime2-transact-sql
SELECT rental_date, return_date FROM #etl_canary
