#!/usr/bin/env bash
# Chromium for the browser tests, with letters for every language that they look at.
. "$(dirname "$0")/lib.sh"

has chromium && exit 0
apt_install "Chromium for the browser tests" chromium
has chromium || die "There is no program called chromium." \
  "Install Chromium or Chrome and put it on the PATH as chromium, then start again."
