#!/usr/bin/env bash
# check-images.sh [service…]: starts each image without any database, as user 10001 with a read-only root file
# system and no capability, waits until it is healthy and stops it. Fails if one does not, or takes 10 s to stop; if it
# is larger than 300 MB, runs as another user, lacks a label or its bill of materials, or starts without its AOT cache.
set -euo pipefail
if (($# == 0)); then set -- alpha-worker beta-worker gamma-worker delta-worker beta-api delta-api; fi
MAX_MB=${MAX_MB:-300}
root=$(cd "$(dirname "$0")/../../.." && pwd)
version=$(sed -n 's#^  <version>\(.*\)</version>#\1#p' "$root/pom.xml")
created=$(sed -n 's#.*<project.build.outputTimestamp>\(.*\)</project.build.outputTimestamp>#\1#p' "$root/pom.xml")
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

label() { docker image inspect -f "{{index .Config.Labels \"org.opencontainers.image.$1\"}}" "etl/$service"; }
is() { # is <what> <actual> <expected>
  [[ $2 == "$3" ]] || bad "$1 is '$2', not '$3'"
}

for service in "$@"; do
  is user "$(docker image inspect -f '{{.Config.User}}' "etl/$service")" 10001:10001
  is 'label title' "$(label title)" "$service"
  is 'label version' "$(label version)" "$version"
  is 'label created' "$(label created)" "$created"
  is 'label licenses' "$(label licenses)" Apache-2.0
  for name in description revision; do [[ -n $(label $name) ]] || bad "label $name is missing"; done
  size=$(($(docker image inspect -f '{{.Size}}' "etl/$service") / 1000000))
  ((size <= MAX_MB)) || bad "the image has $size MB, more than $MAX_MB"
  # why: what fits into a large heap must also fit into the one that a small container gives
  container=$(docker run -d --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \
    --memory 512m --health-interval 2s "${environment[@]}" "etl/$service")
  docker cp "$container:/app/sbom/$service.cdx.json" - | tar -xO | grep -c '"bomFormat" : "CycloneDX"' >/dev/null || bad 'has no bill of materials'
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
  if docker logs "$container" 2>&1 | grep -F '[aot]' >&2; then bad 'does not use its AOT cache'; fi
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
