#!/usr/bin/env bash
# PostgreSQL's programs for the tests; scripts/with-postgres.sh starts a cluster of its own with them.
. "$(dirname "$0")/lib.sh"

scripts/postgres-bin.sh >/dev/null 2>&1 && exit 0
apt_install "PostgreSQL for the tests" postgresql
scripts/postgres-bin.sh >/dev/null
