-- What a worker needs in SQL Server, and no more: tables and a view in a schema of its own.
--
--   sqlcmd -S host -U admin -b -i docs/sqlserver-permissions.sql \
--     -v Database=mars Login=etl_mars Password='…' Reader=etl_reader ReaderPassword='…'
--
-- Once for each database, by somebody who may create logins. Give the two databases of Mars and
-- Venus a login each. In Azure SQL Database there is no USE: run the first part in master, the
-- rest in the database.

CREATE LOGIN [$(Login)] WITH PASSWORD = N'$(Password)';
CREATE LOGIN [$(Reader)] WITH PASSWORD = N'$(ReaderPassword)';
GO

USE [$(Database)];
GO

-- Names without a schema mean etl for both.
CREATE USER [$(Login)] FOR LOGIN [$(Login)] WITH DEFAULT_SCHEMA = etl;
CREATE USER [$(Reader)] FOR LOGIN [$(Reader)] WITH DEFAULT_SCHEMA = etl;
GO

-- As owner of the schema the worker may read, write, index and alter what is in it, nothing else.
CREATE SCHEMA etl AUTHORIZATION [$(Login)];
GO

-- For the migrations. They may be revoked once the worker has started, and granted for an upgrade.
GRANT CREATE TABLE, CREATE VIEW TO [$(Login)];
GO

-- For beta-api: reads what is in the schema, now and later.
GRANT SELECT ON SCHEMA::etl TO [$(Reader)];
GO
