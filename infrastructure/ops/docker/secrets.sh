#!/usr/bin/env bash
# Makes the secrets of the compose file, once: each file that is missing, in the volumes that the others mount.
#   services  what the six services read (configtree, docs/tls.md)     operator  the key that signs tokens
#   servers   what the database servers and their setup read           scrape    Prometheus' token     grafana   its login
# The image is MySQL's, because it is there anyway and has openssl.
set -euo pipefail
umask 077
cd /secrets

secret() { # secret <file>: a random password that every server's rules accept
  if [[ -s $1 ]]; then return 0; fi
  printf 'Aa1%s' "$(openssl rand -hex 20)" >"$1.new"
  mv "$1.new" "$1"
}

for name in MYSQL_ROOT SQLSERVER_SA SQLSERVER_READER CONTROL_ADMIN NEPTUNE_ADMIN; do secret "servers/$name"; done
for name in JUPITER CONTROL NEPTUNE MARS VENUS CLICKHOUSE; do
  secret "services/${name}_PASSWORD"
  cp "services/${name}_PASSWORD" servers/
done
secret services/etl.access.scrape-token
cp services/etl.access.scrape-token scrape/etl-scrape
secret grafana/admin

if [[ ! -s operator/token-key.pem ]]; then
  openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out operator/token-key.pem.new
  mv operator/token-key.pem.new operator/token-key.pem
fi
openssl pkey -in operator/token-key.pem -pubout -out services/token-key.pub.pem

chown -R 10001:10001 services
chmod 500 services && chmod 400 services/*
# why: each server's image reads its file as a user of its own
chmod 755 servers scrape grafana && chmod 444 servers/* scrape/* grafana/*
chmod 700 operator && chmod 600 operator/*
