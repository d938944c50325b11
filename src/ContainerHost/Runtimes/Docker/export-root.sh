#!/bin/sh
# Unpacks an image's files into a folder: export-root.sh IMAGE FOLDER.
set -eu
rm -rf "$2"
mkdir -p "$2"
container=$(docker create "$1")
trap 'docker rm --volumes "$container" >/dev/null' EXIT
# A shell that a signal ends takes nothing away.
trap 'exit 1' HUP INT TERM
docker export "$container" | tar -x -C "$2"
