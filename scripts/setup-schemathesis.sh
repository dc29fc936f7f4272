#!/usr/bin/env bash
# schemathesis, for the generated run against the API's document: every package of it pinned, in a folder of its own.
. "$(dirname "$0")/lib.sh"

home=target/tools/schemathesis
wanted=tests/generated/requirements.txt
[ -x "$home/bin/schemathesis" ] && cmp -s "$wanted" "$home/requirements.txt" && exit 0
has python3 && python3 -c 'import ensurepip, venv' 2>/dev/null ||
  apt_install "Python for schemathesis" python3 python3-venv

say "Installing $(sed -n 's/^\(schemathesis\)==\([^ ]*\).*/\1 \2/p' "$wanted")"
rm -rf "$home"
python3 -m venv "$home" || die "Python cannot make a virtual environment." "On Debian: apt-get install python3-venv"
"$home/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --only-binary :all: \
  --requirement "$wanted" </dev/null || die "schemathesis could not be installed (see above)."
cp "$wanted" "$home/requirements.txt"
