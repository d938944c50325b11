#!/bin/sh
# Makes the namespaces that give a container its own address and host name, or takes them away: add NAME HOSTNAME, remove NAME.
# The network: a bridge with address translation (CNI's bridge plugin, CNI specification 0.4.0).
set -eu
verb=$1
name=$2
network=/run/netns/$name
uts=/run/containerhost/uts/$name
export CNI_CONTAINERID="$name" CNI_NETNS="$network" CNI_IFNAME=eth0 CNI_PATH=/usr/lib/cni
# Addresses in use are kept where the namespaces are, so that a reboot ends both.
plugin() {
    CNI_COMMAND=$1 /usr/lib/cni/bridge <<'CONFIG'
{
  "cniVersion": "0.4.0",
  "name": "containerhost",
  "type": "bridge",
  "bridge": "containerhost0",
  "isGateway": true,
  "ipMasq": true,
  "ipam": {
    "type": "host-local",
    "dataDir": "/run/containerhost/networks",
    "subnet": "10.88.0.0/16",
    "routes": [{ "dst": "0.0.0.0/0" }]
  }
}
CONFIG
}
# A server on the guest's own loopback, such as systemd-resolved's, is out of a container's reach; who runs one tells the real ones elsewhere.
name_servers() {
    mkdir -p /run/containerhost
    for file in /etc/resolv.conf /run/systemd/resolve/resolv.conf /run/NetworkManager/no-stub-resolv.conf; do
        if grep '^nameserver' "$file" 2>/dev/null | grep -qv ' 127\.'; then
            cat "$file" >/run/containerhost/resolv.conf
            return
        fi
    done
    : >/run/containerhost/resolv.conf
}
is_there() {
    ctr -n containerhost containers info "$name" >/dev/null 2>&1
}
# What is in them goes first: a container that was cut off may still run.
remove() {
    if is_there; then
        ctr -n containerhost tasks delete --force "$name" >/dev/null 2>&1 || true
        # The ctr that ran it removes it as well once its task is gone, perhaps sooner.
        if ! ctr -n containerhost containers rm "$name" && is_there; then
            exit 1
        fi
    fi
    # A reboot ends them, and with them the addresses in use.
    if [ -e "$network" ]; then
        plugin DEL
        ip netns delete "$name"
    fi
    if [ -e "$uts" ]; then
        umount "$uts"
        rm "$uts"
    fi
}
case $verb in
    add)
        remove
        name_servers
        ip netns add "$name"
        ip -netns "$name" link set lo up
        # The plugin tells errors on its standard output.
        plugin ADD >&2
        mkdir -p "${uts%/*}"
        : >"$uts"
        unshare --uts="$uts" hostname "$3"
        ;;
    remove) remove ;;
esac
