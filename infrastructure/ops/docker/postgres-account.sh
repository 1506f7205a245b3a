#!/usr/bin/env bash
# Run once by the PostgreSQL image in an empty data directory: the account of the services. It reads and writes what the
# administrator's migrations create, and creates nothing but temporary tables itself.
psql -v ON_ERROR_STOP=1 -q -U "$POSTGRES_USER" -d "$POSTGRES_DB" -v role="$ETL_ACCOUNT" <<'SQL'
\set password `cat "$ETL_ACCOUNT_PASSWORD_FILE"`
CREATE ROLE :"role" LOGIN PASSWORD :'password';
ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"role";
ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO :"role";
SQL
