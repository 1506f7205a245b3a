#!/usr/bin/env bash
# parts.sh shared: into /app/shared, the jars of others that all six services need.
# parts.sh <service>: into /app/lib what it needs besides, into /app/ours our own, into /app/sbom its bill of materials.
# Reads /jars and /image (mvn -P image); ends with an error if a jar is missing or is not in the bill.
set -euo pipefail
readonly SERVICES=(alpha-worker beta-worker gamma-worker delta-worker beta-api delta-api)

class_path() { tr ':' '\n' <"/image/$1.classpath"; }
jars() { sed 's#.*/##' | LC_ALL=C sort -u; }

# The modules in the image: delta-api's also has the tools of the compose file (seed, churn, ping)
modules() {
  echo "$1"
  if [[ $1 == delta-api ]]; then echo etl-sakila; fi
}
of_others() { for module in $(modules "$1"); do class_path "$module" | grep '^REPOSITORY/'; done | jars; }
ours() {
  for module in $(modules "$1"); do
    class_path "$module" | grep -v '^REPOSITORY/' || true
    basename /jars/"$module"-[0-9]*.jar
  done | jars
}
shared() { for service in "${SERVICES[@]}"; do of_others "$service"; done | sort | uniq -c | sed -n "s/^ *${#SERVICES[@]} //p" | jars; }

take() { # take <directory>: the jars whose names come in
  mkdir -p "/app/$1"
  (cd /jars && xargs -r install -m 444 -t "/app/$1")
  # why: an AOT cache asks for the jars' times, too, and a layer taken from the build's cache has those of another build
  find "/app/$1" -exec touch -d 2000-01-01T00:00:00Z {} +
}

if [[ $1 == shared ]]; then
  shared | take shared
  exit
fi
service=$1
if [[ ! -f /image/$service.classpath ]]; then
  echo "SERVICE is '$service': choose ${SERVICES[*]} (--build-arg SERVICE=…)" >&2
  exit 2
fi
of_others "$service" | LC_ALL=C comm -23 - <(shared) | take lib
ours "$service" | take ours
mkdir -p /app/sbom
for module in $(modules "$service"); do install -m 444 "/image/$module.cdx.json" /app/sbom/; done
billed=$(sed -n 's#.*"purl" : "pkg:maven/[^/]*/\([^@]*\)@\([^?"]*\).*#\1-\2.jar#p' /app/sbom/*.cdx.json | jars)
missing=$(of_others "$service" | LC_ALL=C comm -23 - <(echo "$billed"))
if [[ -n $missing ]]; then
  echo "Not in the bill of materials of $service: $missing" >&2
  exit 1
fi
