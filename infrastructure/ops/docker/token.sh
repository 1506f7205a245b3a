#!/usr/bin/env bash
# token.sh [role] [seconds]: prints a token for the services of the compose file. docs/docker.md
set -euo pipefail
role=${1:-etl.read}
seconds=${2:-3600}
case $role in
  etl.read | etl.operate | etl.admin) ;;
  *) echo "Role '$role': choose etl.read, etl.operate or etl.admin." >&2; exit 2 ;;
esac
if [[ ! $seconds =~ ^[1-9][0-9]{0,4}$ ]] || ((seconds > 86400)); then
  echo "A token is good for 1 to 86400 seconds, not '$seconds'." >&2
  exit 2
fi
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
now=$(date +%s)
head=$(printf '{"alg":"RS256","typ":"JWT"}' | base64url)
body=$(printf '{"iss":"etl-compose","sub":"operator","roles":["%s"],"iat":%d,"exp":%d}' "$role" "$now" $((now + seconds)) | base64url)
signature=$(printf '%s.%s' "$head" "$body" | openssl dgst -sha256 -sign /operator/token-key.pem -binary | base64url)
printf '%s.%s.%s\n' "$head" "$body" "$signature"
