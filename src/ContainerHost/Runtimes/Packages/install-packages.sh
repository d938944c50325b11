#!/bin/sh
# Installs packages from the archives in a tar file, without the network: install-packages.sh ARCHIVE SECONDS-FOR-THE-LOCK PACKAGE...
set -eu
archives=$1
seconds=$2
shift 2
tar -x -f "$archives" -C /var/cache/apt/archives
DEBIAN_FRONTEND=noninteractive apt-get -o "DPkg::Lock::Timeout=$seconds" install --yes --quiet --no-install-recommends --no-download "$@"
apt-get clean
rm -f "$archives"
