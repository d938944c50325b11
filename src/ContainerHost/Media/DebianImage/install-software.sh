#!/bin/sh
# Runs as a customize hook of mmdebstrap: installs packages in the new root as a guest would later, and leaves the list of them, each with its
# digest, where a guest would have noted it: install-software.sh ROOT RESOLVER NAME...
set -eu
root=$1
resolver=$2
shift 2
work=/var/lib/containerhost
mkdir -p "$root$work"
# Settings for apt that the resolver takes away; here it fetches nothing.
: >"$root$work/relay.conf"
cp "$resolver" "$root$work/resolve.py"
chroot "$root" python3 "$work/resolve.py" 60 "$work/relay.conf" "$@" >"$root$work/answer.json"
names=$(chroot "$root" python3 -c 'import json, sys; print(*json.load(open(sys.argv[1]))["names"])' "$work/answer.json")
rm "$root$work/resolve.py" "$root$work/answer.json"
# From outside, as mmdebstrap does, since the ways to the archives are this machine's.
# shellcheck disable=SC2086 # names of packages, one word each
APT_CONFIG=$MMDEBSTRAP_APT_CONFIG apt-get --yes --quiet --no-install-recommends --download-only install $names
# shellcheck disable=SC2086
chroot "$root" apt-get --yes --quiet --no-install-recommends --no-download install $names
