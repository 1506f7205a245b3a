#!/usr/bin/env bash
# Tests of infrastructure/ops/prometheus with promtool, and of what the files promise each other. No network, a second.
# Usage: test/prometheus.sh [report.tsv]; the report's columns are those of test/report.awk.
set -uo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
prometheus=$home/infrastructure/ops/prometheus
report=${1:-/dev/null} # written anew
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: >"$report"
passed=0 failed=0 skipped=0

record() { # record <name> <passed|failed|skipped> [reason]
  printf -- '-\tprometheus\t%s\t%s\t%s\n' "$1" "$2" "$(printf '%s' "${3:-}" | tr '\n\t' '  ')" >>"$report"
  case $2 in
    passed) passed=$((passed + 1)) ;;
    skipped) skipped=$((skipped + 1)); printf '  skipped  %s: %s\n' "$1" "$3" ;;
    failed) failed=$((failed + 1)); printf '  failed   %s\n%s\n' "$1" "$3" ;;
  esac
}

run() { # run <name> <command>...
  local name=$1 output
  shift
  if ! command -v promtool >/dev/null; then
    record "$name" skipped 'no promtool here: apt-get install prometheus'
  elif output=$("$@" 2>&1); then
    record "$name" passed
  else
    record "$name" failed "$output"
  fi
}

nothing() { # nothing <name> <what is wrong, a line each>
  if [[ -z $2 ]]; then record "$1" passed; else record "$1" failed "$2"; fi
}

# --- promtool

# The real file, but for the place of the token, which is a matter of where it runs
echo none >"$work/token"
ln -s "$prometheus/rules" "$work/rules"
sed "s|/run/secrets/etl-scrape|$work/token|" "$prometheus/prometheus.yml" >"$work/prometheus.yml"
run 'promtool check config' promtool check config "$work/prometheus.yml"
run 'promtool check rules' promtool check rules "$prometheus"/rules/*.yml
run 'promtool test rules' promtool test rules "$prometheus"/tests/*.yml

# --- what the files promise each other

alerts=$(sed -n 's/^ *- alert: //p' "$prometheus/rules/alerts.yml")
nothing 'there are alerts' "$([[ -n $alerts ]] || echo 'no alert in rules/alerts.yml')"

nothing 'each alert has its paragraph in the runbook, and links it' "$(
  for alert in $alerts; do
    anchor=${alert,,}
    grep -qx "## $alert" "$home/docs/runbook.md" || echo "docs/runbook.md has no '## $alert'"
    [[ $(grep -A9 -- "- alert: $alert\$" "$prometheus/rules/alerts.yml" | grep -m1 runbook_url:) == *"docs/runbook.md#$anchor" ]] \
      || echo "$alert does not link docs/runbook.md#$anchor"
  done
)"
nothing 'each paragraph of the runbook has an alert' "$(
  sed -n 's/^## //p' "$home/docs/runbook.md" | grep -vxF "$alerts"
)"
nothing 'each alert is seen firing, and silent' "$(
  for alert in $alerts; do
    grep -A3 -- "alertname: $alert\$" "$prometheus/tests/alerts.yml" | grep -q exp_labels: || echo "$alert is not seen firing"
    grep -qE -- "alertname: $alert, eval_time: .*exp_alerts: \\[\\]" "$prometheus/tests/alerts.yml" || echo "$alert is not seen silent"
  done
)"
# A recorded name holds the name of a meter, but is none
nothing 'rules and dashboards build on meters of docs/metrics.md only' "$(
  { sed 's/#.*//' "$prometheus"/rules/*.yml; grep -hE '^ *"(expr|query)":' "$home"/infrastructure/ops/grafana/dashboards/*.json; } | grep -vE '^ *- (alert|record):|runbook_url|summary' \
    | grep -oE '[a-zA-Z_:][a-zA-Z0-9_:]*' | grep -E '^(etl|http|jvm|process|logback|hikaricp|spring)_' \
    | sed -E 's/_(count|sum|bucket)$//' | sort -u \
    | while read -r meter; do grep -q "^| \`$meter\` |" "$home/docs/metrics.md" || echo "$meter is not in docs/metrics.md"; done
)"
nothing 'the targets are the management ports of the services' "$(
  diff <(grep -oE '[a-z]+-(worker|api):[0-9]+' "$prometheus/prometheus.yml" | sort) \
    <(for yml in "$home"/*-worker/src/main/resources/*-worker.yml "$home"/*-api/src/main/resources/*-api.yml; do
      printf '%s:%s\n' "$(basename "$yml" .yml)" \
        "$(sed -n '/^management:/,/^[a-z]/p' "$yml" | sed -n 's/^ *port: //p')"
    done | sort)
)"

printf 'Prometheus: %d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
((failed == 0))
