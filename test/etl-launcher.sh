#!/usr/bin/env bash
# Tests of the launcher: ./etl with stubs for Java, Maven, npm and the platform. No build, no network.
# Usage: test/etl-launcher.sh [report.tsv]; the report's columns are those of test/report.awk.
# shellcheck disable=SC2016 # the stubs expand their own variables
set -uo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
report=${1:-/dev/null} # written anew
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: >"$report"
passed=0 failed=0 skipped=0

record() { # record <name> <passed|failed|skipped> [reason]
  printf -- '-\tetl launcher\t%s\t%s\t%s\n' "$1" "$2" "$(printf '%s' "${3:-}" | tr '\n\t' '  ')" >>"$report"
  case $2 in
    passed) passed=$((passed + 1)) ;;
    skipped) skipped=$((skipped + 1)); printf '  skipped  %s: %s\n' "$1" "$3" ;;
    failed) failed=$((failed + 1)); printf '  failed   %s\n%s\n' "$1" "$3" ;;
  esac
}

# --- a small repository whose jars are there and newer than its sources, and a PATH of our own

tree=$work/tree
mkdir -p "$tree/test" "$tree/infrastructure/"{local-stack,soak,benchmark}/{src/main,target/lib} "$tree/target" "$work/elsewhere"
cp "$home/etl" "$home/pom.xml" "$tree"
touch "$tree/infrastructure/local-stack/target/etl-local-stack.jar" "$tree/infrastructure/soak/target/etl-soak.jar" "$tree/infrastructure/benchmark/target/etl-benchmark.jar"
sleep 0.01
touch "$tree/target/etl-built"

tools=$work/tools # what the launcher uses of the system; no java, mvn, npm
mkdir -p "$tools"
for tool in bash awk sed grep cat cut head dirname readlink ls find sort mkdir rm mv cp touch du df sleep \
  flock tail tr uname sha256sum tar mktemp chmod git xargs seq env timeout; do
  path=$(command -v "$tool") && ln -s "$path" "$tools/$tool"
done

stub() { # stub <path> <body>
  mkdir -p "$(dirname "$1")"
  printf '#!/usr/bin/env bash\n%s\n' "$2" >"$1"
  chmod +x "$1"
}
# Each prints what it was called with, for the tests to see
jdk() { # jdk <directory> <version> [jre]
  stub "$1/bin/java" 'if [[ $* == -version ]]; then echo "openjdk version \"'"$2"'\" 2025-09-16" >&2; else echo "JAVA[$0] in [$PWD] $*"; fi'
  [[ ${3:-} == jre ]] || stub "$1/bin/javac" 'exit 0'
}
jdk "$work/jdks/jdk-25" 25.0.1
jdk "$work/jdk-17" 17.0.15
jdk "$work/jre-25" 25.0.1 jre
stub "$work/maven/mvn" 'echo "Apache Maven 3.9.9"'
stub "$work/old-maven/mvn" 'echo "Apache Maven 3.6.3"'
stub "$work/broken-maven/mvn" 'if [[ $1 == -v ]]; then echo "Apache Maven 3.9.9"; else
  echo "[INFO] Building EtlSandbox 0.1.0 [1/2]"; echo "[ERROR] /a/B.java:[3,1] cannot find symbol"; exit 1; fi'
stub "$work/good-maven/mvn" 'if [[ $1 == -v ]]; then echo "Apache Maven 3.9.9"; else echo "MVN $*" >>"'"$work"'/mvn-calls"; fi'
stub "$work/npm/npm" 'echo "npm error network down"; exit 1'
stub "$work/mac/uname" 'if [[ $1 == -s ]]; then echo Darwin; else echo arm64; fi'

output='' code=0
etl() { # etl <directories for PATH, with colons> <arguments>; more variables in `with`
  local path=$1
  shift
  output=$(cd "${from:-$work/elsewhere}" && env -i HOME="$work/home" PATH="${path:+$path:}$tools" \
    ETL_JDK_DIRS="${jdks-$work/jdks}" ETL_CACHE="$work/cache" ${with[@]+"${with[@]}"} \
    "${script:-$tree/etl}" "$@" 2>&1 </dev/null)
  code=$?
}
with=()

expect() { # expect <name> <exit code> <text in the output>...
  local name=$1 wanted=$2 text
  shift 2
  if ((code != wanted)); then
    record "$name" failed "exit code $code instead of $wanted; output: $output"
    return
  fi
  for text in "$@"; do
    if [[ $output != *"$text"* ]]; then
      record "$name" failed "no '$text' in the output: $output"
      return
    fi
  done
  record "$name" passed
}

# --- help and usage

etl '' help
expect 'help works without Java and Maven' 0 '--jupiter mariadb|mysql' 'CLICKHOUSE_URL' 'Exit codes' '--port-base N'
etl ''
expect 'no argument is help' 0 'Usage: ./etl <command>'
etl '' up --help
expect 'up --help is help' 0 'Usage: ./etl <command>'
etl '' soak crash --help
expect 'soak has a help of its own' 0 'org.etlsandbox.soak.Main crash --help'
etl '' bench --help
expect 'bench has a help of its own' 0 'org.etlsandbox.benchmark.Main --help'
etl '' stauts
expect 'an unknown command names the nearest' 2 "unknown command 'stauts'" "Did you mean 'status'?"
etl '' frobnicate
expect 'an unknown command with nothing near' 2 "unknown command 'frobnicate'. './etl help'"
etl '' fetch oracle
expect 'fetch of an unknown engine' 2 "not 'oracle'"
etl '' test --fast
expect 'test with an unknown option' 2 "test does not know '--fast'"
etl '' version
expect 'version' 0 'etl-sandbox 0.1.0-SNAPSHOT' 'Java 25.0.1'

# --- tools

jdks=$work/none etl "$work/jdk-17/bin:$work/maven" status
expect 'a wrong java in PATH is named with its version' 2 'missing: JDK 25 (java in PATH is 17.0.15)' 'sudo apt-get install openjdk-25-jdk'
jdks=$work/none etl "$work/maven" status
expect 'no java at all' 2 'missing: JDK 25 (no java found)'
with=("JAVA_HOME=$work/jdk-17")
jdks=$work/none etl "$work/maven" status
expect 'a wrong JAVA_HOME is named with its version' 2 "JAVA_HOME ($work/jdk-17) is 17.0.15"
etl "$work/maven" status
expect 'a wrong JAVA_HOME gives way to a right JDK' 0 "JAVA[$work/jdks/jdk-25/bin/java]"
with=("JAVA_HOME=$work/jre-25")
jdks=$work/none etl "$work/maven" status
expect 'a JRE is no JDK' 2 'without javac'
with=()
etl '' status
expect 'what is built needs no Maven' 0 'org.etlsandbox.stack.Main status'
touch "$tree/pom.xml"
etl '' status
expect 'a missing Maven is named when there is something to build' 2 'missing: Maven 3.8 or later (no mvn in PATH)' 'sudo apt-get install maven'
etl "$work/old-maven" status
expect 'an old Maven is named with its version' 2 'mvn in PATH is 3.6.3'
jdks=$work/none etl '' status
expect 'all that is missing is told at once' 2 'missing: JDK 25' 'missing: Maven'
etl "$work/mac" up
expect 'another platform is told what to use' 2 'this is Darwin arm64' 'a compose file'

# --- build

etl "$work/broken-maven" status
expect 'a failed build shows the error and the log' 1 'cannot find symbol' 'etl-build.log'
etl "$work/broken-maven" down
expect 'down works while the sources do not compile' 0 'org.etlsandbox.stack.Main down'
etl "$work/good-maven" status
expect 'stale jars are built' 0 'Built in' 'org.etlsandbox.stack.Main status'
etl "$work/good-maven" status
if [[ $output == *Built* ]]; then record 'fresh jars are not built again' failed "$output"; else record 'fresh jars are not built again' passed; fi
rm -rf "$tree/infrastructure/local-stack/src/main/gone" && mkdir "$tree/infrastructure/local-stack/src/main/gone"
etl "$work/good-maven" status
expect 'a source that came or went makes jars stale' 0 'Built in'

# --- test

cp "$home/test/report.awk" "$tree/test"
stub "$tree/test/etl-launcher.sh" 'echo "LAUNCHER TESTS"'
stub "$tree/test/prometheus.sh" 'echo "PROMETHEUS TESTS"'
mkdir -p "$work/cache/chdb/26.7.3-stable.1" "$work/cache/libaio" # nothing is fetched
echo x | tee "$work/cache/chdb/26.7.3-stable.1/libchdb.so" >"$work/cache/libaio/libaio.so.1"
stub "$work/telling-maven/mvn" 'if [[ $1 == -v ]]; then echo "Apache Maven 3.9.9"; else
  echo "MVN containers=${ETL_TEST_CONTAINERS:-no} $*" >>"'"$work"'/mvn-calls"; fi'
stub "$work/unformatted-maven/mvn" 'if [[ $1 == -v ]]; then echo "Apache Maven 3.9.9"
elif [[ $* == *spotless:check* ]]; then echo "[ERROR] The following files had format violations: A.java"; exit 1
else echo "MVN $*" >>"'"$work"'/mvn-calls"; fi'
stub "$work/docker/docker" 'echo 28.2.2'
stub "$work/dead-docker/docker" 'echo "Cannot connect to the Docker daemon" >&2; exit 1'

maven_calls() { # what Maven was called with joins the output
  output+=$'\n'$(cat "$work/mvn-calls" 2>/dev/null)
  rm -f "$work/mvn-calls"
}
lacks() { # lacks <name> <text that must not be in the output>
  if [[ $output == *"$2"* ]]; then record "$1" failed "'$2' in the output: $output"; else record "$1" passed; fi
}

rm -f "$work/mvn-calls"
etl "$work/telling-maven" test -- -pl etl-common
maven_calls
expect 'test applies the format and hands arguments to Maven' 0 'LAUNCHER TESTS' 'PROMETHEUS TESTS' \
  'containers=no' '-Dspotless.goal=apply' '-pl etl-common verify'
lacks 'test without CI checks no format first' 'spotless:check'
etl "$work/telling-maven:$work/docker" test --containers
maven_calls
expect 'test --containers tells the tests' 0 'containers=true' 'verify'
etl "$work/telling-maven" test --containers
maven_calls
expect 'test --containers without Docker' 2 'missing: Docker' 'no docker in PATH' 'sudo apt-get install docker.io'
lacks 'and runs nothing' 'MVN'
etl "$work/telling-maven:$work/dead-docker" test --containers
maven_calls
expect 'test --containers with a Docker engine that is down' 2 'Cannot connect to the Docker daemon' 'DOCKER_HOST'
lacks 'and runs nothing either' 'MVN'
with=(CI=true)
etl "$work/telling-maven" test -- -pl etl-common
maven_calls
expect 'with CI=true the format of all modules is checked first' 0 '--fail-at-end spotless:check' '-Dspotless.goal=check'
lacks 'whatever the modules that are tested' '-pl etl-common spotless:check'
etl "$work/unformatted-maven" test
maven_calls
expect 'with CI=true a format mistake stops before the tests' 1 'format violations: A.java' 'nothing was tested'
lacks 'and nothing runs' 'verify'
with=()
rm -rf "$work/cache"

# --- npm and the ClickHouse engine

etl "$work/maven" up --rentals 5
expect 'up goes on without npm and says so' 0 'npm is missing' 'sudo apt-get install npm' 'org.etlsandbox.stack.Main up --rentals 5'
etl "$work/maven:$work/npm" up
expect 'up goes on when npm fails and says why' 0 'npm error network down' 'Going on without ClickHouse' 'Main up'
with=(CLICKHOUSE_URL=jdbc:clickhouse://somewhere)
etl "$work/maven" up
expect 'up with CLICKHOUSE_URL fetches nothing' 0 'JAVA['
if [[ $output == *npm* ]]; then record 'and does not speak of npm' failed "$output"; fi
with=()
stub "$work/bad-npm/npm" 'echo x >wrong.tgz'
etl "$work/bad-npm" fetch clickhouse
expect 'a tampered download is refused' 1 'has sha256' "expected c0d32b12"
[[ ! -e $work/cache/chdb/26.7.3-stable.1/libchdb.so ]] || record 'a tampered download is not kept' failed 'libchdb.so is there'

# --- hand over

ln -s "$tree/etl" "$work/link-to-etl"
script=$work/link-to-etl from=$work/elsewhere
etl "$work/maven" status --data-dir here
expect 'through a symlink, from another directory, arguments untouched' 0 \
  "in [$work/elsewhere]" "-Detl.home=$tree" "-Detl.cache=$work/cache" 'Main status --data-dir here'
unset script from
etl "$work/maven" token --role etl.read
expect 'a token is Java matter' 0 'Main token --role etl.read'

# --- the table

mkdir -p "$work/report"
cat >"$work/report/kit.tsv" <<'TSV'
PostgreSQL 18.6 (embedded)	org.etlsandbox.NeptuneTest	upserts	passed	
PostgreSQL 18.6 (embedded)	org.etlsandbox.NeptuneTest	tombstones	failed	
-	org.etlsandbox.PlainTest	one	passed	
ClickHouse	-	-	unavailable	npm is missing
TSV
cat >"$work/report/TEST-a.xml" <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="org.etlsandbox.NeptuneTest" time="1" tests="2" errors="0" skipped="0" failures="1">
  <testcase name="upserts" classname="org.etlsandbox.NeptuneTest" time="0.1">
    <system-out><![CDATA[<testcase name="fake"> <skipped message="fake"/>
<failure message="fake">]]></system-out>
  </testcase>
  <testcase name="tombstones" classname="org.etlsandbox.NeptuneTest" time="0.1">
    <failure message="expected: &lt;1&gt;&#10;but was: &lt;2&gt;" type="x"><![CDATA[x: expected
	at org.junit.Assert.fail(Assert.java:1)
	at org.etlsandbox.NeptuneTest.tombstones(NeptuneTest.java:42)
]]></failure>
  </testcase>
</testsuite>
XML
cat >"$work/report/TEST-b.xml" <<'XML'
<testsuite name="org.etlsandbox.PlainTest" time="1" tests="3" errors="0" skipped="1" failures="0">
  <testcase name="three" classname="org.etlsandbox.OtherTest"><skipped message="no &quot;container&quot;"/></testcase>
</testsuite>
XML
output=$(awk -v json=0 -v maven=1 -f "$home/test/report.awk" "$work/report/"*) code=$?
expect 'the table adds up to surefire' 1 'PostgreSQL 18.6 (embedded)        1       1       0' \
  'ClickHouse                  cannot run: npm is missing' 'NeptuneTest > tombstones (NeptuneTest.java:42)' \
  'but was: <2>' '1 x -: no "container"' $'\n3 passed, 1 failed, 1 skipped'
output=$(awk -v json=1 -v maven=1 -f "$home/test/report.awk" "$work/report/"*) code=$?
expect 'the table as JSON' 1 '{"passed":3,"failed":1,"skipped":1,' '"reason":"no \"container\""'

# --- what must never be committed

if git -C "$home" rev-parse --git-dir >/dev/null 2>&1; then
  if output=$("$home/test/repository-secrets.sh" 2>&1); then record 'no secret in the repository' passed; else record 'no secret in the repository' failed "$output"; fi
else
  record 'no secret in the repository' skipped 'this is no git repository'
fi
mkdir -p "$work/leaky"
git -C "$work/leaky" init -q
printf 'a:\n  password: ${X:}\n  password: ${X:changeit}\n  passwords: none\n' >"$work/leaky/a.yml"
printf -- '-----BEGIN EC PRIVATE %s-----\n' KEY >"$work/leaky/key.txt"
touch "$work/leaky/empty.p12" && printf 'x' >"$work/leaky/store.p12"
output=$("$home/test/repository-secrets.sh" "$work/leaky" 2>&1) code=$?
expect 'a committed secret is found' 1 $'private key:\nkey.txt:1' 'store.p12' $'password with a value:\na.yml:3'

# --- shellcheck

if command -v shellcheck >/dev/null; then
  if output=$(cd "$home" && shellcheck etl .ci/run test/*.sh 2>&1); then record shellcheck passed; else record shellcheck failed "$output"; fi
else
  record shellcheck skipped 'shellcheck is not installed (sudo apt-get install shellcheck)'
fi

printf 'Launcher: %d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
((failed == 0))
