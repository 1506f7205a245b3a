#!/usr/bin/env bash
# A real Prometheus scrapes a running './etl up' with our rules: are all series there that rules and dashboards use?
# Usage: test/prometheus-live.sh [--data-dir DIR]; needs prometheus, jq, curl and a stack that is up. About two minutes.
# Exit codes: 0 all there, 1 something is missing, 3 skipped (and says why).
set -uo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
ops=$home/infrastructure/ops
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

work=$(mktemp -d)
server=
trap '[[ -z $server ]] || { kill "$server"; wait "$server"; }; rm -rf "$work"' EXIT

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

query() { curl -s --data-urlencode "query=$1" "$api/query"; } # query <PromQL>
count() { query "$1" | jq '.data.result | length'; }

# --- traffic, so that requests are counted: answers, and refusals of a source that is not there

traffic() {
  local i
  for i in 1 2 3; do
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
    expression=${expression//'$__rate_interval'/1m}
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

((failed == 0)) && echo 'Nothing is missing'
((failed == 0))
