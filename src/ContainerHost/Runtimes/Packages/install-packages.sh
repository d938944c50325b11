#!/bin/sh
# Installs the packages named as arguments from the archives in a tar file (the first argument), without the network.
set -eu
archives=$1
shift
tar -x -f "$archives" -C /var/cache/apt/archives
DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install --yes --quiet --no-install-recommends --no-download "$@"
apt-get clean
rm -f "$archives"
