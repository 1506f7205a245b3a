#!/usr/bin/env bash
# check-images.sh [service…]: starts each image without any database, as user 10001 with a read-only root file
# system and no capability, waits until it is healthy and stops it. Fails if one does not, or takes 10 s to stop.
set -euo pipefail
if (($# == 0)); then set -- alpha-worker beta-worker gamma-worker delta-worker beta-api delta-api; fi
# beta-api has 345 MB, a worker 294: docs/docker.md
MAX_MB=${MAX_MB:-350}
failed=0
container=
trap '[[ -z $container ]] || docker rm -f "$container" >/dev/null' EXIT

environment=()
add() { environment+=(-e "$1_URL=$2" -e "$1_USERNAME=none" -e "$1_PASSWORD=none"); }
add JUPITER jdbc:mysql://127.0.0.1:1/none
add CONTROL jdbc:postgresql://127.0.0.1:1/none
add NEPTUNE jdbc:postgresql://127.0.0.1:1/none
add MARS 'jdbc:sqlserver://127.0.0.1:1;databaseName=none'
add VENUS 'jdbc:sqlserver://127.0.0.1:1;databaseName=none'
add CLICKHOUSE jdbc:ch:https://127.0.0.1:1/none

bad() {
  echo "$service: $*" >&2
  failed=1
}

for service in "$@"; do
  size=$(($(docker image inspect -f '{{.Size}}' "etl/$service") / 1000000))
  ((size <= MAX_MB)) || bad "the image has $size MB, more than $MAX_MB"
  # why: what fits into a large heap must also fit into the one that a small container gives
  container=$(docker run -d --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \
    --memory 512m --health-interval 2s "${environment[@]}" "etl/$service")
  state=starting
  for ((i = 0; i < 120; i++)); do
    state=$(docker inspect -f '{{.State.Status}} {{.State.Health.Status}}' "$container")
    [[ $state == 'running starting' ]] || break
    sleep 1
  done
  if [[ $state != 'running healthy' ]]; then
    bad "is '$state' after $i s"
    docker logs --tail 30 "$container" >&2
  fi
  began=$SECONDS
  docker stop -t 30 "$container" >/dev/null
  took=$((SECONDS - began))
  code=$(docker inspect -f '{{.State.ExitCode}}' "$container")
  # 143: ended by SIGTERM, as a JVM does
  [[ $code == 143 ]] || bad "ended with $code instead of 143"
  ((took < 10)) || bad "took $took s to stop"
  docker rm "$container" >/dev/null
  container=
  echo "$service: $size MB, healthy after about $i s, stopped in $took s"
done
exit $failed
