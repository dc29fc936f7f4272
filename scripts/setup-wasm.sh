#!/usr/bin/env bash
# Makes `cargo build --target wasm32-unknown-unknown` possible: by rustup, or with Debian's second Rust toolchain.
. "$(dirname "$0")/lib.sh"

scripts/web-toolchain.sh >/dev/null && exit 0

if has rustup; then
  say "Adding the browser target to Rust (rustup target add wasm32-unknown-unknown)"
  rustup target add wasm32-unknown-unknown </dev/null >/dev/null 2>&1 || true
  scripts/web-toolchain.sh >/dev/null && exit 0
  say "rustup could not download it: taking Debian's Rust for the browser instead"
fi

oldest=1.94
new_enough() { [ "$(printf '%s\n' "$oldest" "$1" | sort -V | head -n 1)" = "$oldest" ]; }
debian_rust() { dpkg-query -W -f '${Version}' rustc-web 2>/dev/null || true; }

for program in /usr/bin/rustc /usr/bin/cargo /usr/bin/rust-lld /usr/lib/rustlib/src/rust/library/std/Cargo.toml; do
  if [ ! -e "$program" ]; then
    has apt-get || die "Rust has no target for the browser here (wasm32-unknown-unknown)." \
      "With rustup:  rustup target add wasm32-unknown-unknown" \
      "Fedora:       dnf install rust-std-static-wasm32-unknown-unknown" \
      "Arch:         pacman -S rust-wasm" \
      "Then start again."
    lld=$(apt-cache search --names-only '^lld-[0-9]+$' | awk '{print $1}' | sort -V | tail -n 1)
    if [ -z "$lld" ]; then
      as_root apt-get update </dev/null >/dev/null 2>&1 || true
      lld=$(apt-cache search --names-only '^lld-[0-9]+$' | awk '{print $1}' | sort -V | tail -n 1)
    fi
    apt_install "Rust for the browser" rustc-web cargo-web rust-web-src "${lld:-lld}"
    break
  fi
done

version=$(/usr/bin/rustc --version | awk '{print $2}')
new_enough "$version" || die "Debian's rustc-web is $version ($(debian_rust)), Parvis needs $oldest or newer." \
  "Install Rust with rustup, then: rustup target add wasm32-unknown-unknown"
PATH="$PATH:/usr/lib/llvm-$(ls /usr/lib | sed -n 's/^llvm-//p' | sort -V | tail -n 1)/bin"
has rust-lld || die "The linker rust-lld is missing." "Debian: apt-get install the newest lld-NN package."

say "Building Rust's standard library for the browser, once (about 3 minutes on two cores)"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
cat >"$work/Cargo.toml" <<'TOML'
[package]
name = "throwaway"
version = "0.0.0"
edition = "2024"
[lib]
crate-type = ["cdylib"]
[workspace]
TOML
: >"$work/src/lib.rs"
# With bitcode, because the bundle is optimised across crates (LTO).
( cd "$work" && env -u RUSTUP_TOOLCHAIN -u RUSTFLAGS RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc CARGO_TARGET_DIR="$work/target" \
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-C embed-bitcode=yes" \
    /usr/bin/cargo build --release -Zbuild-std=std,panic_abort --target wasm32-unknown-unknown </dev/null ) ||
  die "The standard library could not be built (see above)."

sysroot="$CACHE/wasm-std-$(/usr/bin/rustc --version | tr -c 'a-z0-9.\n' '-')"
lib="$sysroot/lib/rustlib/wasm32-unknown-unknown/lib"
rm -rf "$sysroot"
mkdir -p "$lib"
cp "$work"/target/wasm32-unknown-unknown/release/deps/lib*.rlib "$lib/"
rm -f "$lib"/libthrowaway*
rm -rf target/web # compiled against another standard library, if anything is there

scripts/web-toolchain.sh >/dev/null || die "Rust still cannot build for the browser; this is a fault of scripts/setup-wasm.sh."
