#!/bin/sh
# Says why this system gets no runtime, if so: check-distribution.sh [OS-RELEASE-FILE [FOLDER-OF-RUNNING-SYSTEMD]].
set -eu
ID=linux
ID_LIKE=
PRETTY_NAME='a system without a name'
VERSION_ID=
if [ -e "${1:-/etc/os-release}" ]; then
    # shellcheck source=/dev/null
    . "${1:-/etc/os-release}"
fi
refuse() {
    echo "this is $PRETTY_NAME, $1; runtimes are known for Debian 11 to 13, Ubuntu 22.04 to 26.04 and what is like them, with systemd" >&2
    exit 1
}
case " $ID $ID_LIKE " in
    *' debian '* | *' ubuntu '*) ;;
    *) refuse 'which is neither Debian nor Ubuntu nor like them' ;;
esac
case $ID:$VERSION_ID in
    debian:[1-9] | debian:[1-9].* | debian:10* | ubuntu:[1-9].* | ubuntu:1?.* | ubuntu:2[01].*) refuse 'which is too old' ;;
esac
if [ ! -d "${2:-/run/systemd/system}" ]; then
    refuse 'which runs without systemd'
fi
