#!/usr/bin/env bash
# Chromium for the browser tests, and the system's own letters for pages that bring no font, Arabic too.
. "$(dirname "$0")/lib.sh"

has_letters() { has fc-list && [ -n "$(fc-list :lang=fr family)" ] && [ -n "$(fc-list :lang=ar family)" ]; }

has chromium || apt_install "Chromium for the browser tests" chromium
has chromium || die "There is no program called chromium." \
  "Install Chromium or Chrome and put it on the PATH as chromium, then start again."
has_letters || apt_install "fonts for the browser tests" fontconfig fonts-noto-core
