#!/usr/bin/env bash
# A real Prometheus scrapes a running './etl up' with our rules: are all series there that rules and dashboards use?
# Usage: test/prometheus-live.sh [--alerts] [--data-dir DIR]; needs prometheus, jq, curl and a stack that is up. About two
# minutes. --alerts then makes trouble, and sees the alerts for it pending, firing and over, with their real durations: halts
# Neptune's server, kills beta-worker, puts rentals into quarantine. A quarter of an hour more; needs 'up --processes'
# and a mariadb client.
# Exit codes: 0 all there, 1 something is missing, 3 skipped (and says why).
set -uo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
ops=$home/infrastructure/ops
alerts=false
if [[ ${1:-} == --alerts ]]; then alerts=true; shift; fi
options=("$@")
data=$home/.etl
[[ ${1:-} != --data-dir ]] || data=$2

skip() {
  printf 'SKIPPED  test/prometheus-live.sh: %s\n' "$1"
  exit 3
}
for tool in prometheus jq curl; do
  command -v "$tool" >/dev/null || skip "no $tool here (apt-get install $tool)"
done
endpoints=$("$home/etl" endpoints --json ${options[@]+"${options[@]}"}) || skip "no stack is up here: './etl up'"
token=$("$home/etl" token ${options[@]+"${options[@]}"}) || skip 'no token for the stack'
worker() { jq -r '.services[] | select(.service == "BETA_WORKER") | .pid // empty' "$data/run/state.json"; }
if $alerts; then
  [[ -n $(worker) ]] || skip "no process of its own to kill: './etl up --processes'"
  client=$(command -v mariadb || compgen -G "${ETL_CACHE:-$HOME/.cache/etl-sandbox}/mariadb-*/bin/mariadb" | head -1)
  [[ -n $client ]] || skip 'no mariadb client here (apt-get install mariadb-client)'
fi

work=$(mktemp -d)
server=
halted=()
restore() { # what was halted must not stay so
  ((${#halted[@]} == 0)) || kill -CONT "${halted[@]}"
  halted=()
}
end() {
  restore
  [[ -z $server ]] || { kill "$server"; wait "$server"; }
  rm -rf "$work"
}
trap end EXIT

address() { jq -r --arg service "$1" '.[$service].url' <<<"$endpoints"; }
management() { # host:port of a service, 1000 above its own
  local url
  url=$(address "$1")
  echo "127.0.0.1:$((${url##*:} + 1000))"
}

# --- our configuration, with the addresses of this stack and a second's pace

umask 077
jq -r .scrape "$data/secrets.json" >"$work/token"
ln -s "$ops/prometheus/rules" "$work/rules"
edits=(-e "s|/run/secrets/etl-scrape|$work/token|" -e 's/^  \(scrape\|evaluation\)_interval: .*/  \1_interval: 2s/')
services=$(grep -oE '[a-z]+-(worker|api):[0-9]+' "$ops/prometheus/prometheus.yml")
for target in $services; do edits+=(-e "s/$target/$(management "${target%:*}")/"); done
sed "${edits[@]}" "$ops/prometheus/prometheus.yml" >"$work/prometheus.yml"

for port in $(seq 29090 29190); do
  (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
done
prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/data" --web.listen-address="127.0.0.1:$port" \
  --log.level=warn 2>"$work/log" &
server=$!
api=http://127.0.0.1:$port/api/v1
scraping_since=$SECONDS

query() { curl -s --data-urlencode "query=$1" "$api/query"; } # query <PromQL>
count() { query "$1" | jq '.data.result | length'; }

# --- traffic, so that requests are counted: answers, and refusals of a source that is not there

traffic() {
  for _ in 1 2 3; do
    curl -s -o /dev/null -H "Authorization: Bearer $token" "$(address beta-api)/api/v1/customer-order-flats/max-id"
    curl -s -o /dev/null -H "Authorization: Bearer $token" "$(address delta-api)/api/v1/ddl/nowhere"
  done
}

failed=0
fail() { printf '  failed   %s\n' "$1"; failed=$((failed + 1)); }

for ((second = 0; second < 30; second++)); do
  [[ $(count 'up{job="etl"} == 1' 2>/dev/null) == 6 ]] && break
  sleep 1
done
if ((second == 30)); then
  curl -s "$api/targets" | jq -r '.data.activeTargets[] | "\(.scrapeUrl) \(.health) \(.lastError)"'
  cat "$work/log"
  echo 'The six services are not all scraped'
  exit 1
fi
echo "All six services are scraped, by Prometheus $(curl -s "$api/status/buildinfo" | jq -r .data.version)"
# Ranges of a minute need two samples, and each request more than the first
for ((second = 0; second < 24; second += 4)); do traffic; sleep 4; done

# --- each series that rules use, and each rule

used=$(sed 's/#.*//' "$ops"/prometheus/rules/*.yml | grep -vE '^ *- (alert|record):|runbook_url|summary' \
  | grep -oE '[a-zA-Z_:][a-zA-Z0-9_:]*' | grep -E '^(etl|http|jvm|process|logback|hikaricp|service[a-z_]*:)' \
  | grep -E '_|:' | sort -u)
series=0
for name in $used; do
  if [[ $(count "$name") == 0 ]]; then fail "no series of $name"; else series=$((series + 1)); fi
done
echo "$series series that rules use are there"

rules=$(curl -s "$api/rules")
while read -r bad; do [[ -z $bad ]] || fail "rule $bad"; done < <(
  jq -r '.data.groups[].rules[] | select(.health != "ok") | "\(.name): \(.health) \(.lastError)"' <<<"$rules")
while read -r name; do
  [[ $(count "$name") != 0 ]] || fail "nothing is recorded as $name"
done < <(jq -r '.data.groups[].rules[] | select(.type == "recording") | .name' <<<"$rules")
echo "$(jq '[.data.groups[].rules[] | select(.health == "ok")] | length' <<<"$rules") rules are evaluated without an error"
while read -r firing; do [[ -z $firing ]] || fail "alert of a healthy suite: $firing"; done < <(
  curl -s "$api/alerts" | jq -r '.data.alerts[] | "\(.labels.alertname) \(.labels.service // .labels.instance) \(.state)"')

# --- each expression of the dashboards

panels=0
for dashboard in "$ops"/grafana/dashboards/*.json; do
  [[ -e $dashboard ]] || continue
  while IFS=$'\t' read -r title expression; do
    # What Grafana would put in
    # shellcheck disable=SC2016
    expression=${expression//'$__rate_interval'/1m}
    # shellcheck disable=SC2016
    expression=${expression//'$service'/'.+'}
    answer=$(query "$expression")
    if [[ $(jq -r .status <<<"$answer") != success ]]; then
      fail "$(basename "$dashboard"), $title: $(jq -r .error <<<"$answer")"
    elif [[ $(jq '[.data.result[] | select(.value[1] != "NaN")] | length' <<<"$answer") == 0 ]]; then
      fail "$(basename "$dashboard"), $title is empty: $expression"
    else
      panels=$((panels + 1))
    fi
  done < <(jq -r '.panels[] | .title as $title | .targets[]? | [$title, .expr] | @tsv' "$dashboard" | sed 's/\\\\/\\/g')
  while read -r selector; do
    [[ $(count "$selector") != 0 ]] || fail "$(basename "$dashboard"): nothing to choose from: $selector"
  done < <(jq -r '.templating.list[].query' "$dashboard" | sed -E 's/^label_values\((.*), [a-z]+\)$/\1/')
done
echo "$panels expressions of dashboards have an answer"

# --- trouble: pending, firing, over

state() { # state <alert> <label> <value>: inactive, pending or firing
  curl -s "$api/alerts" | jq -r --arg alert "$1" --arg key "$2" --arg value "$3" \
    '[.data.alerts[] | select(.labels.alertname == $alert and .labels[$key] == $value) | .state] | first // "inactive"'
}
await() { # await <seconds> <state> <alert> <label> <value>: since the trouble began or ended
  local wanted=$2 began=$SECONDS seen
  while seen=$(state "${@:3}"); [[ $seen != "$wanted" ]]; do
    if ((SECONDS - began >= $1)); then
      fail "$3 is $seen after $((SECONDS - since)) s, not $wanted"
      return
    fi
    sleep 0.5
  done
  echo "  $3 is $wanted after $((SECONDS - since)) s"
}
raised() { await "$1" pending "${@:2}"; await 90 firing "${@:2}"; }
begin() { echo "$1"; since=$SECONDS; }
change() { # in Jupiter, which takes dates that are none only if told so
  "$client" --defaults-extra-file="$data/run/jupiter.cnf" sakila -e "SET SESSION sql_mode = ''; $1"
}

if $alerts; then
  postmaster=$(head -1 "$data/neptune/data/postmaster.pid")
  mapfile -t halted < <(echo "$postmaster"; pgrep -P "$postmaster")
  kill -STOP "${halted[@]}"
  begin "Neptune's server is halted (${#halted[@]} processes)"
  # Only who has something to write fails: after a minute, when the server has not answered
  change 'UPDATE customer SET first_name = REVERSE(first_name) WHERE customer_id = 1'
  raised 150 EtlDestinationDown service beta-worker
  raised 150 EtlCircuitOpen service beta-worker
  restore
  begin 'It goes on'
  await 120 inactive EtlDestinationDown service beta-worker
  await 120 inactive EtlCircuitOpen service beta-worker

  kill -KILL "$(worker)"
  begin 'beta-worker is killed'
  raised 60 EtlServiceDown instance "$(management beta-worker)"
  ports=$(jq .options.portBase "$data/run/state.json")
  "$home/etl" down ${options[@]+"${options[@]}"} >/dev/null
  "$home/etl" up --processes --port-base "$ports" ${options[@]+"${options[@]}"} >/dev/null 2>&1 || fail 'the stack did not come up again'
  begin 'All are started again'
  await 60 inactive EtlServiceDown instance "$(management beta-worker)"

  # The alert compares with what was 10 minutes ago
  while ((SECONDS - scraping_since < 660)); do sleep 1; done
  change "UPDATE rental SET return_date = '0000-00-00 00:00:00' WHERE rental_id <= 5"
  begin 'Five rentals have a date that is none'
  raised 60 EtlQuarantineGrowing service beta-worker
  echo "  in quarantine: $(query 'service:etl_quarantined:max' | jq -r '[.data.result[] | "\(.metric.service) \(.value[1])"] | join(", ")')"
  change 'UPDATE rental SET return_date = rental_date + INTERVAL 3 DAY WHERE rental_id <= 5'
  begin 'They have a date again'
  await 60 inactive EtlQuarantineGrowing service beta-worker
fi

((failed == 0)) && echo 'Nothing is missing'
((failed == 0))
