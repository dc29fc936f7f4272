#!/usr/bin/env bash
# Prints the folder of the newest PostgreSQL's programs, 15 at least.
. "$(dirname "$0")/lib.sh"

oldest=15
newest() {
  for folder in /usr/lib/postgresql/*/bin "$(dirname "$(command -v postgres 2>/dev/null || echo /none/postgres)")"; do
    [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] &&
      printf '%s %s\n' "$("$folder/postgres" --version | grep -oE '[0-9]+' | head -n 1)" "$folder"
  done | sort -n | tail -n 1
}

read -r version folder < <(newest) || true
[ "${version:-0}" -ge "$oldest" ] || die "PostgreSQL $oldest or newer is missing." \
  "Its server programs (initdb, postgres) are looked for in /usr/lib/postgresql/*/bin and on the PATH."
echo "$folder"
