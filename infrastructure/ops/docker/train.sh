#!/usr/bin/env bash
# train.sh <directory>: starts the service once and stops it, so that the JVM writes <directory>/service.aot.
# It needs no database: a service starts, and is ready, while they are down.
set -euo pipefail
app=$1
java=/opt/etl-java/bin/java
export JUPITER_URL=jdbc:mysql://127.0.0.1:1/none CONTROL_URL=jdbc:postgresql://127.0.0.1:1/none
export NEPTUNE_URL=jdbc:postgresql://127.0.0.1:1/none CLICKHOUSE_URL=jdbc:ch:https://127.0.0.1:1/none
export MARS_URL='jdbc:sqlserver://127.0.0.1:1;databaseName=none' VENUS_URL='jdbc:sqlserver://127.0.0.1:1;databaseName=none'
for store in JUPITER CONTROL NEPTUNE CLICKHOUSE MARS VENUS; do
  export "${store}_USERNAME=none" "${store}_PASSWORD=none"
done

grep -v '^-XX:AOTCache=' "$app/service.options" >/tmp/options
"$java" -XX:AOTCacheOutput="$app/service.aot" -Xlog:aot=error @/tmp/options >/tmp/log 2>&1 &
service=$!
healthy=false
for ((i = 0; i < 240; i++)); do
  if "$java" @"$app/health.options" >/dev/null; then
    healthy=true
    break
  fi
  kill -0 $service 2>/dev/null || break
  sleep 0.5
done
kill -TERM $service 2>/dev/null || true
wait $service || true
if ! $healthy || [[ ! -s $app/service.aot ]]; then
  echo "The service did not become ready, or the JVM wrote no AOT cache:" >&2
  tail -50 /tmp/log >&2
  exit 1
fi
