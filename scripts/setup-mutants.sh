#!/usr/bin/env bash
# cargo-mutants, for `make soak`: built by cargo in some minutes.
. "$(dirname "$0")/lib.sh"

version=27.1.0
has cargo-mutants && exit 0
tools=target/tools
[ -x "$tools/cargo-mutants" ] && [ "$(cat "$tools/cargo-mutants.version" 2>/dev/null)" = "$version" ] && exit 0
mkdir -p "$tools"

say "Building cargo-mutants $version (some minutes)"
CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_TARGET_DIR=target/tools/build \
  cargo install --locked --quiet --root "$tools" "cargo-mutants@$version" </dev/null || die "cargo-mutants could not be built (see above)."
mv "$tools/bin/cargo-mutants" "$tools/cargo-mutants"
rm -rf "$tools/bin" "$tools/build"
echo "$version" >"$tools/cargo-mutants.version"
