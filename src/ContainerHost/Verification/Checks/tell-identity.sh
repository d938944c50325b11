#!/bin/sh
# Tells by what a guest is known and who may enter it, a line each: tell-identity.sh USER.
set -eu
keys=$(getent passwd "$1" | cut -d: -f6)/.ssh/authorized_keys
echo "name=$(hostname)"
echo "machine-id=$(cat /etc/machine-id)"
echo "instance=$(cat /var/lib/cloud/data/instance-id)"
# The adapter of a private network has an address of another kind (MachineSpec.PrivateMacPrefix).
for card in /sys/class/net/*; do
    [ ! -e "$card/device" ] || grep -v '^52:54:01:' "$card/address" | sed 's/^/mac=/'
done
echo "keys=$(grep -c . "$keys")"
echo "key=$(cut -d ' ' -f 2 "$keys")"
# cloud-init ends them with no line feed.
echo "host-keys=$(awk 'NF { keys++ } END { print keys + 0 }' /etc/ssh/ssh_host_*.pub)"
echo "host-key=$(cut -d ' ' -f 2 /etc/ssh/ssh_host_ed25519_key.pub)"
