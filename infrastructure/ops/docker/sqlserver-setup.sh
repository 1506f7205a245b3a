#!/usr/bin/env bash
# sqlserver-setup.sh <server> <database…>: makes the databases with a login each, as docs/sqlserver-permissions.sql says;
# does nothing the second time.
set -euo pipefail
server=$1
shift
read_secret() { cat "/run/secrets/$1"; }
SQLCMDPASSWORD=$(read_secret SQLSERVER_SA)
export SQLCMDPASSWORD
# why -C: sqlcmd 18 encrypts, and the server has issued its certificate itself
sqlcmd=(/opt/mssql-tools18/bin/sqlcmd -S "$server" -U sa -C -b -h -1 -W)
for name in "$@"; do
  there=$("${sqlcmd[@]}" -Q "SET NOCOUNT ON; SELECT COUNT(*) FROM sys.sql_logins WHERE name = 'etl_$name'")
  if [[ $there == 1 ]]; then continue; fi
  "${sqlcmd[@]}" -Q "IF DB_ID('$name') IS NULL CREATE DATABASE $name"
  # Variables by environment: a command line can be read by others
  Database=$name Login=etl_$name Password=$(read_secret "${name^^}_PASSWORD") \
    Reader=etl_${name}_reader ReaderPassword=$(read_secret SQLSERVER_READER) \
    "${sqlcmd[@]}" -i /sqlserver-permissions.sql
done
