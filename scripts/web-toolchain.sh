#!/usr/bin/env bash
# Prints what builds for the browser as shell assignments: CARGO, and RUSTC and SYSROOT where they are not the default.
# Fails, saying nothing, when nothing here can: then scripts/setup-wasm.sh is to be run.
. "$(dirname "$0")/lib.sh"

has_std() { compgen -G "$1/lib/rustlib/wasm32-unknown-unknown/lib/libstd-*.rlib" >/dev/null; }

if has cargo && has rustc && has_std "$(rustc --print sysroot)"; then
  echo "CARGO=cargo"
elif [ -x /usr/bin/cargo ] && [ -x /usr/bin/rustc ]; then
  sysroot="$CACHE/wasm-std-$(/usr/bin/rustc --version | tr -c 'a-z0-9.\n' '-')"
  if has_std "$sysroot"; then
    echo "CARGO=/usr/bin/cargo"
    echo "RUSTC=/usr/bin/rustc"
    echo "SYSROOT=$sysroot"
  else
    exit 1
  fi
else
  exit 1
fi
