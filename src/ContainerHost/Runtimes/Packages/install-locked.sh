#!/bin/sh
# Installs every package of a tar file, without the network: install-locked.sh ARCHIVE FOLDER SECONDS-FOR-THE-LOCK.
set -eu
# Nobody is there to be asked, neither about settings nor about services to start anew.
export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
archive=$1
folder=$2
seconds=$3
rm -rf "$folder"
mkdir -p "$folder"
tar -x -f "$archive" -C "$folder"
dpkg --configure -a
# Without sources apt knows these files and what is installed, and can ask nobody.
apt-get --option "DPkg::Lock::Timeout=$seconds" --option Dpkg::Options::=--force-confdef --option Dpkg::Options::=--force-confold \
    --option Dir::Etc::SourceList=/dev/null --option Dir::Etc::SourceParts=/dev/null \
    install --yes --quiet --no-install-recommends --allow-downgrades "$folder"/*.deb
rm -rf "$folder" "$archive"
