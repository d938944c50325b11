#!/bin/sh
# Installs packages from the archives in a tar file, without the network: install-packages.sh ARCHIVE SECONDS-FOR-THE-LOCK PACKAGE...
set -eu
# Nobody is there to be asked, neither about settings nor about services to start anew.
export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
archives=$1
seconds=$2
shift 2
tar -x -f "$archives" -C /var/cache/apt/archives
apt-get -o "DPkg::Lock::Timeout=$seconds" -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold \
    install --yes --quiet --no-install-recommends --no-download "$@"
apt-get clean
rm -f "$archives"
