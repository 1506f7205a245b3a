#!/usr/bin/env bash
# Takes one guarantee out of a copy of the tree after the other and runs the test that must notice:
#   test/mutants.sh [name...]        all of test/mutants/*.patch, or those named
# Exit code 0: every mutant was found; 1: one survived, or a test fails without any; 2: wrong usage,
# or a patch no longer applies. Maven gets what MUTANTS_MAVEN says, e.g. -o.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
readonly ROOT
readonly PATCHES=$ROOT/test/mutants
COPY=$(mktemp -d "${TMPDIR:-/tmp}/etl-mutants-XXXXXX")
readonly COPY
read -ra maven_arguments <<<"${MUTANTS_MAVEN:-}"

die() { printf '%s\n' "mutants: $*" >&2; exit 2; }
say() { printf '%s\n' "$*" >&2; }
trap 'rm -rf "$COPY" "$COPY.log"' EXIT

header() { sed -n "s/^$2: //p;/^diff /q" "$PATCHES/$1.patch"; } # header <name> <key>

copy_tree() {
  git -C "$ROOT" ls-files -z --cached --others --exclude-standard |
    tar -C "$ROOT" --null --ignore-failed-read -T - -cf - 2>/dev/null | tar -C "$COPY" -xf -
}

# run <module> <test>: passed, failed (by an assertion or error of the test itself) or broken
run() {
  local reports=$COPY/$1/target/surefire-reports class=${2%%#*} code=0 report=''
  rm -rf "$reports"
  (cd "$COPY" && mvn -B -q "${maven_arguments[@]}" -pl "$1" -am test "-Dtest=$2" \
    -Dsurefire.failIfNoSpecifiedTests=false) >"$COPY.log" 2>&1 </dev/null || code=$?
  # Only a report of the test itself counts: a tree that does not compile proves nothing
  report=$(find "$reports" -name "TEST-*.$class*.xml" -exec cat {} + 2>/dev/null || true)
  if [[ -z $report ]]; then
    echo broken
  elif ((code == 0)); then
    echo passed
  elif grep -qE '<(failure|error)[ >]' <<<"$report"; then
    echo failed
  else
    echo broken
  fi
}

cd "$PATCHES"
names=("$@")
if ((${#names[@]} == 0)); then
  for patch in *.patch; do names+=("${patch%.patch}"); done
fi
for name in "${names[@]}"; do
  [[ -f $name.patch ]] || die "no mutant '$name': choose from $(echo *.patch | sed 's/\.patch//g')"
  [[ -n $(header "$name" module) && -n $(header "$name" test) ]] || die "$name.patch names no module or test"
done

copy_tree
for name in "${names[@]}"; do
  (cd "$COPY" && git apply --check "$PATCHES/$name.patch") || die "$name.patch no longer applies: make it anew"
done

status=0
declare -A sound
table=$(printf '%-26s %-10s %s' mutant result test)
for name in "${names[@]}"; do
  module=$(header "$name" module)
  test=$(header "$name" test)
  began=$SECONDS
  if [[ -z ${sound[$module $test]:-} ]]; then
    say "… $test without a mutant"
    sound[$module $test]=$(run "$module" "$test")
  fi
  if [[ ${sound[$module $test]} != passed ]]; then
    result="no proof"
    cp "$COPY.log" "${TMPDIR:-/tmp}/etl-mutant-$name.log"
    say "  $test is ${sound[$module $test]} without a mutant: ${TMPDIR:-/tmp}/etl-mutant-$name.log"
  else
    say "… $name: $test"
    (cd "$COPY" && git apply "$PATCHES/$name.patch")
    result=$(run "$module" "$test")
    (cd "$COPY" && git apply -R "$PATCHES/$name.patch")
    case $result in
      failed) result=found ;;
      passed) result=SURVIVED ;;
      *) cp "$COPY.log" "${TMPDIR:-/tmp}/etl-mutant-$name.log"
        say "  the build broke: ${TMPDIR:-/tmp}/etl-mutant-$name.log" ;;
    esac
  fi
  [[ $result == found ]] || status=1
  say "  $result after $((SECONDS - began)) s"
  table+=$(printf '\n%-26s %-10s %s' "$name" "$result" "$test")
done
printf '%s\n' "$table"
exit $status
