#!/usr/bin/env bash
# with-postgres.sh COMMAND...: runs it with PARVIS_TEST_POSTGRES, the address of a PostgreSQL that lives as long as it
# does, and PARVIS_TEST_POSTGRES_CTL, the words before "stop" or "start" for those who have to interrupt it.
. "$(dirname "$0")/lib.sh"

[ $# -gt 0 ] || die "Usage: scripts/with-postgres.sh COMMAND..."
bin=$(scripts/postgres-bin.sh)
home=$(mktemp -d "${TMPDIR:-/tmp}/parvis-postgres.XXXXXX")

# PostgreSQL refuses to run as root.
owning=()
if [ "$(id -u)" = 0 ]; then
  owner=postgres
  id "$owner" >/dev/null 2>&1 || owner=nobody
  chown "$owner" "$home"
  owning=(setpriv --reuid="$owner" --regid="$(id -g "$owner")" --clear-groups env HOME="$home")
fi

control=("${owning[@]}" "$bin/pg_ctl" --pgdata="$home/data" --log="$home/data/server.log" --silent)
cluster() { ( cd / && "${control[@]}" "$@" </dev/null ); }
clean_up() {
  [ ! -f "$home/data/postmaster.pid" ] || cluster stop --mode=immediate >/dev/null 2>&1 || true
  rm -rf "$home"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

( cd / && "${owning[@]}" "$bin/initdb" --pgdata="$home/data" --username=parvis --auth=trust --encoding=UTF8 --locale=C.UTF-8 </dev/null ) \
  >"$home/initdb.log" 2>&1 || { cat "$home/initdb.log" >&2; die "PostgreSQL could not make a cluster."; }

# A port can be taken by somebody else between choosing and starting: then another one.
for _ in 1 2 3 4 5; do
  port=$((20000 + RANDOM % 10000))
  cat >>"$home/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$home'
max_connections = 300
timezone = 'UTC'
CONF
  if cluster start --wait >/dev/null 2>&1; then
    started=yes
    break
  fi
done
[ "${started:-no}" = yes ] || { cat "$home/data/server.log" >&2; die "PostgreSQL could not be started."; }

export PARVIS_TEST_POSTGRES="postgres://parvis@127.0.0.1:$port/postgres"
export PARVIS_TEST_POSTGRES_CTL="${control[*]}"
status=0
"$@" || status=$?
exit "$status"
