#!/usr/bin/env bash
# Node and the packages of package-lock.json: wasm-opt, esbuild, fonts, and what drives the browser in tests.
. "$(dirname "$0")/lib.sh"

oldest=20
node_major() { node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/'; }
elsewhere="Install Node $oldest or newer with npm, from your system or from nodejs.org, then start again."

if ! has node || ! has npm; then
  has apt-get || die "Node is missing." "$elsewhere"
  apt_install "Node and npm" nodejs npm
fi
[ "$(node_major)" -ge "$oldest" ] || die "Node $(node --version) is too old." "$elsewhere"

stamp=node_modules/.installed
wanted=$(cat package-lock.json package.json | sha256sum)
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && exit 0

say "Installing npm's packages (npm ci)"
npm ci --no-progress --loglevel=error </dev/null >&2 || die "npm ci failed (see above)."
printf '%s\n' "$wanted" >"$stamp"
