#!/usr/bin/env bash
# Seeds one fault after the other into the rules of a day and of statistics and asks domain's own tests: every fourth
# fault that can be made, from the one that SEED (0 to 3) says. Fails where fewer than 85 of 100 are noticed.
. "$(dirname "$0")/lib.sh"

least=85
out=target/mutants
mkdir -p "$out"
export PATH="$PWD/target/tools:$PATH"
# A day that fails does not have to be made short.
export PROPTEST_MAX_SHRINK_ITERS=0
cargo mutants --package domain --file 'domain/src/day/**' --file 'domain/src/statistics/**' --no-shuffle \
  --sharding round-robin --shard "${SEED:-0}/4" --jobs "${JOBS:-1}" --profile soak --minimum-test-timeout 60 --output "$out" || true

count() { wc -l <"$out/mutants.out/$1.txt"; }
# One that runs for ever is noticed too.
caught=$(($(count caught) + $(count timeout)))
all=$((caught + $(count missed)))
[ "$all" -gt 0 ] || die "No fault could be seeded (see above)."
say "$caught of $all seeded faults were noticed: $((100 * caught / all)) of 100"
[ $((100 * caught)) -ge $((least * all)) ] || die "At least $least of 100 have to be: $out/mutants.out/missed.txt says which were not."
