#!/usr/bin/env bash
# Run once by the PostgreSQL image in an empty data directory: the account of the services, owner of its database.
psql -v ON_ERROR_STOP=1 -q -U "$POSTGRES_USER" -d "$POSTGRES_DB" -v role="$ETL_ACCOUNT" -v database="$POSTGRES_DB" <<'SQL'
\set password `cat "$ETL_ACCOUNT_PASSWORD_FILE"`
CREATE ROLE :"role" LOGIN PASSWORD :'password';
ALTER DATABASE :"database" OWNER TO :"role";
ALTER SCHEMA public OWNER TO :"role";
SQL
