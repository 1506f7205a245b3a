-- sys.databases: open to everybody for the database that the session is in. https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-databases-transact-sql
-- delayed_durability: FORCED confirms commits that a crash of the server forgets, and the checkpoint would be past them. https://learn.microsoft.com/sql/relational-databases/logs/control-transaction-durability
-- compatibility_level: OPENJSON needs 130. https://learn.microsoft.com/sql/t-sql/functions/openjson-transact-sql
SELECT name, compatibility_level, delayed_durability
  FROM sys.databases
 WHERE database_id = DB_ID();
