#!/usr/bin/env bash
# What compiling the server needs: Rust and a C compiler.
. "$(dirname "$0")/lib.sh"

oldest=1.94
has cargo && has rustc || die "Rust is missing." "Install it with rustup (rustup.rs), then start again."
version=$(rustc --version | awk '{print $2}')
[ "$(printf '%s\n' "$oldest" "$version" | sort -V | head -n 1)" = "$oldest" ] ||
  die "Rust $version is too old, Parvis needs $oldest or newer." "With rustup: rustup update stable"
has cc || apt_install "a C compiler" build-essential
