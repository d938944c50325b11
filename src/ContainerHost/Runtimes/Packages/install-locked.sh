#!/bin/sh
# Installs every package of a tar file, without the network: install-locked.sh ARCHIVE FOLDER.
set -eu
archive=$1
folder=$2
rm -rf "$folder"
mkdir -p "$folder"
tar -x -f "$archive" -C "$folder"
dpkg --configure -a
DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends --no-download --allow-downgrades "$folder"/*.deb
rm -rf "$folder" "$archive"
