#!/bin/sh
# Installs every package of a tar file, without the network: install-locked.sh ARCHIVE FOLDER.
set -eu
archive=$1
folder=$2
rm -rf "$folder"
mkdir -p "$folder"
tar -x -f "$archive" -C "$folder"
# Whoever installs by a timer would hold dpkg's lock at a moment of its own choosing.
systemctl stop apt-daily.timer apt-daily-upgrade.timer apt-daily.service apt-daily-upgrade.service unattended-upgrades.service 2>/dev/null || true
dpkg --configure -a
# Without sources apt knows these files and what is installed, and can ask nobody.
DEBIAN_FRONTEND=noninteractive apt-get --option DPkg::Lock::Timeout=600 --option Dir::Etc::SourceList=/dev/null --option Dir::Etc::SourceParts=/dev/null \
    install --yes --quiet --no-install-recommends --allow-downgrades "$folder"/*.deb
rm -rf "$folder" "$archive"
