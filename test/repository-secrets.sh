#!/usr/bin/env bash
# Looks for what must never be committed: private keys, passwords and tokens with a value.
# Usage: test/repository-secrets.sh [directory]; prints file:line, exits 1 if it finds any.
set -euo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/..}"

found=0

# look NAME PATTERN PATHSPEC…: every line that matches is one too many
look() {
  local name=$1 pattern=$2
  shift 2
  local lines
  if lines=$(git grep --untracked -nIE -e "$pattern" -- "$@" ':!test/repository-secrets.sh'); then
    printf '%s:\n%s\n' "$name" "$(cut -d: -f1,2 <<<"$lines")"
    found=1
  fi
}

look 'private key' '^[^"]*-----BEGIN [A-Z ]*PRIVATE KEY-----' .
look 'key store' '.' '*.jks' '*.p12' '*.pfx' '*.key' '*.pem'
# A value that is neither empty nor a ${PLACEHOLDER} without a default of its own
look 'password with a value' \
  '^[^#]*(password|secret|token|api-?key)["'\'']?\s*[:=]\s*["'\'']?([^"'\''$}[:space:]]|\$\{[A-Za-z_.]+:[^}$])' \
  '*.yml' '*.yaml' '*.properties' '*.json' '*.conf' '*.ini' '.env*'
look 'access key' '(AKIA|ASIA)[A-Z0-9]{16}|ghp_[A-Za-z0-9]{36}|xox[bp]-[A-Za-z0-9-]{10,}|hvs\.[A-Za-z0-9]{20,}' .

exit "$found"
