-- SERVERPROPERTY: needs no right; a property that the server does not know is NULL, and a sql_variant is cast to what it holds. https://learn.microsoft.com/sql/t-sql/functions/serverproperty-transact-sql
SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS version,
       CAST(SERVERPROPERTY('EngineEdition') AS int) AS edition,
       CAST(SERVERPROPERTY('BabelfishVersion') AS nvarchar(128)) AS babelfish
