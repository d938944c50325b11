#!/bin/sh
# Installs every package of a tar file, without the network: install-locked.sh ARCHIVE FOLDER SECONDS-FOR-THE-LOCK.
set -eu
archive=$1
folder=$2
seconds=$3
rm -rf "$folder"
mkdir -p "$folder"
tar -x -f "$archive" -C "$folder"
dpkg --configure -a
# Without sources apt knows these files and what is installed, and can ask nobody.
DEBIAN_FRONTEND=noninteractive apt-get --option "DPkg::Lock::Timeout=$seconds" --option Dir::Etc::SourceList=/dev/null --option Dir::Etc::SourceParts=/dev/null \
    install --yes --quiet --no-install-recommends --allow-downgrades "$folder"/*.deb
rm -rf "$folder" "$archive"
