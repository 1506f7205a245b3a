#!/usr/bin/env bash
# The compose file from end to end: everything up and healthy, a rental reaches each destination, Prometheus
# sees all six services, down -v. In a project of its own, with ports of its own; what runs already stays as it is.
#
#   test/compose.sh [--without <service>]...   leaves out a service on which no other depends, e.g. grafana
#
# 0: passed; 1: failed; 3: NOT RUN, because there is no Docker or an image cannot be had.
set -euo pipefail
cd "$(dirname "$0")/.."

WAIT_SECONDS=${WAIT_SECONDS:-600}
export COMPOSE_PROJECT_NAME=etl-test-$$
# 0: whichever is free
export BETA_API_PORT=0 DELTA_API_PORT=0 PROMETHEUS_PORT=0 GRAFANA_PORT=0 JAEGER_PORT=0

not_run() {
  printf '%s\n' '' "  compose.sh was NOT RUN: $*" '' >&2
  exit 3
}
fail() {
  echo "compose.sh: $*" >&2
  exit 1
}

without=()
while (($#)); do
  [[ $1 == --without && -n ${2:-} ]] || fail "usage: test/compose.sh [--without <service>]..."
  without+=("$2")
  shift 2
done
for service in ${without[@]+"${without[@]}"}; do echo "compose.sh: WITHOUT $service" >&2; done

docker info >/dev/null 2>&1 || not_run "no Docker engine answers (docker info)"
docker compose version >/dev/null 2>&1 || not_run "docker has no plugin 'compose'"

mapfile -t services < <(comm -23 <(docker compose config --services | sort) <(printf '%s\n' ${without[@]+"${without[@]}"} | sort))
mapfile -t images < <(docker compose config --images "${services[@]}" | grep -v '^etl/' | sort -u)
for image in "${images[@]}"; do
  docker image inspect "$image" >/dev/null 2>&1 || docker pull -q "$image" >/dev/null ||
    not_run "$image is not here and cannot be pulled"
done

cleanup() {
  status=$?
  trap - EXIT
  if ((status != 0)); then
    docker compose ps -a >&2 || true
    docker compose logs --tail 20 >&2 || true
  fi
  docker compose --profile '*' down -v --timeout 30 >/dev/null 2>&1 || status=1
  left=$(docker ps -aq --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME")$(
    docker volume ls -q --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME")
  if [[ -n $left ]]; then
    echo "compose.sh: down -v left $left" >&2
    status=1
  fi
  exit $status
}
trap cleanup EXIT

began=$SECONDS
docker compose up -d --build --wait --wait-timeout "$WAIT_SECONDS" "${services[@]}" ||
  fail "not everything was healthy within $WAIT_SECONDS s"
echo "compose.sh: up and healthy after $((SECONDS - began)) s"

for service in alpha-worker beta-worker gamma-worker delta-worker beta-api delta-api; do
  health=$(docker inspect -f '{{.State.Health.Status}}' "$(docker compose ps -q "$service")")
  [[ $health == healthy ]] || fail "$service is $health"
done

# Every destination must be loaded before a rental can arrive there; ping waits for that
docker compose run --rm ping || fail "ping did not arrive everywhere"

query() { # the value of an expression, as Prometheus has it
  docker compose exec -T prometheus wget -q -O - "http://127.0.0.1:9090/api/v1/query?query=$1" |
    sed -n 's/.*"value":\[[0-9.]*,"\([^"]*\)"\].*/\1/p'
}
for ((i = 0; i < 60; i++)); do
  up=$(query 'sum(up%7Bjob="etl"%7D)')
  [[ $up != 6 ]] || break
  sleep 1
done
[[ $up == 6 ]] || fail "Prometheus reaches ${up:-none} of 6 services"
echo "compose.sh: Prometheus reaches 6 of 6 services"

beta=$(docker compose port beta-api 8085)
code=$(curl -s -o /dev/null -w '%{http_code}' "http://$beta/api/v1/customer-order-flats?limit=1")
[[ $code == 401 ]] || fail "beta-api answers $code without a token, not 401"
rows=$(curl -sf -H "Authorization: Bearer $(docker compose run --rm token)" "http://$beta/api/v1/customer-order-flats?limit=1") ||
  fail "beta-api refuses a token of the service 'token'"
[[ $rows == *'"rentalId"'* ]] || fail "beta-api answered no row: $rows"
echo "compose.sh: passed"
