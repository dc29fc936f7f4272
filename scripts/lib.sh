# Shared by the scripts of this folder: `. "$(dirname "$0")/lib.sh"`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/parvis"

# say TEXT: announces a step.
say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }

# die TEXT...: ends with a message, one line an argument.
die() { printf '\n!!! %s\n' "$1" >&2; shift; for line in "$@"; do printf '    %s\n' "$line" >&2; done; exit 1; }

has() { command -v "$1" >/dev/null 2>&1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif has sudo; then sudo "$@"
  else die "Needs root for: $*" "Run that as root, then start again."; fi
}

# apt_install WHAT PACKAGE...: installs Debian packages, or says what to install elsewhere.
apt_install() {
  local what=$1 log; shift
  has apt-get || die "$what is missing, and this is not Debian." \
    "Install it with your system's own means (Debian's packages: $*), then start again."
  say "Installing $what with apt ($*)"
  log=$(mktemp)
  if ! { apt_get install "$@" || { apt_get update && apt_get install "$@"; }; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    die "apt could not install $what." "Tried: apt-get install $*" "The whole output: $log"
  fi
  rm -f "$log"
}

apt_get() {
  local verb=$1; shift
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=300 "$verb" --no-install-recommends "$@" </dev/null
}
