#!/bin/sh
# Installs Kata Containers from its release: install-kata.sh ARCHIVE. Everything of it lies below /opt/kata in the archive; its shim is linked
# to where containerd finds it, and reads its configuration from /opt/kata/share/defaults by itself.
set -eu
shim=opt/kata/bin/containerd-shim-kata-v2
rm -rf /opt/kata
case $1 in
    *.zst) zstd -d -c "$1" | tar -x -f - -C / --no-same-owner --no-overwrite-dir ;;
    *.xz) xz -d -c "$1" | tar -x -f - -C / --no-same-owner --no-overwrite-dir ;;
    *)
        echo "$1 is packed neither by zstd nor by xz" >&2
        exit 1
        ;;
esac
rm -f "$1"
if [ ! -x "/$shim" ]; then
    echo "the release has no $shim" >&2
    exit 1
fi
ln -sf "/$shim" /usr/local/bin/containerd-shim-kata-v2
