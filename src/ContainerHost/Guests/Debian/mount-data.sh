#!/bin/sh
# Mounts the disk for data at /data, now and at each boot, has its file system take all of it, and tells what that has: mount-data.sh SERIAL PLACE
# A disk is formatted only where it is empty: nothing that blkid knows is on it, and its first MiB is all zeros.
set -eu
label=data

fail() {
    echo "$1" >&2
    exit 3
}

# By its serial number (QEMU; udev's rules 60-persistent-storage), or by its place on the only SCSI controller (Hyper-V).
udevadm settle --timeout=60
disk=$(readlink -f "/dev/disk/by-id/virtio-$1")
if [ ! -b "$disk" ]; then
    disk=
    for found in /sys/class/scsi_disk/*:0:0:"$2"/device/block/*; do
        [ ! -e "$found" ] || disk=/dev/${found##*/}
    done
fi
[ -b "$disk" ] || fail "there is no disk with the serial number $1, nor one at the place $2 of a SCSI controller"

# 2: nothing that it knows (blkid(8), of --probe).
known=$(blkid --probe --output export "$disk") || [ $? -eq 2 ] || fail "blkid cannot tell what is on $disk"
if [ -z "$known" ]; then
    cmp --silent --bytes=1048576 "$disk" /dev/zero || fail "$disk is not empty, and has no file system that blkid knows; it is left as it is"
    mke2fs -q -t ext4 -L "$label" -m 0 "$disk"
elif ! printf '%s\n' "$known" | grep -qx "LABEL=$label"; then
    fail "$disk has something else than a file system labelled '$label', and is left as it is: $(printf '%s' "$known" | tr '\n' ' ')"
fi

grep -q "^LABEL=$label " /etc/fstab || printf 'LABEL=%s /data auto defaults,nofail 0 2\n' "$label" >>/etc/fstab
mkdir -p /data
systemctl daemon-reload
mountpoint --quiet /data || mount /data
[ "$(readlink -f "$(findmnt --noheadings --nofsroot --output SOURCE /data)")" = "$disk" ] || fail '/data is mounted from another disk'
case $(findmnt --noheadings --output FSTYPE /data) in
ext*) resize2fs "$disk" >/dev/null ;;
esac
df --output=size,avail --block-size=MiB /data | tail -n 1 | sed 's/ *\([^ ]*\) *\([^ ]*\) */\/data has \1, \2 of it free/'
