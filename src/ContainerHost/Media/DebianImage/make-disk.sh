#!/bin/sh
# Runs as the last customize hook of mmdebstrap: $1 is the root's folder, OUTPUT the folder for the results, DISK_SIZE in MiB and
# DISK_UUID come by environment. No partition table: the disk is the file system, grown by the guest at its first start.
set -eu
root=$1
cp -L "$root"/vmlinuz "$OUTPUT/vmlinuz"
cp -L "$root"/initrd.img "$OUTPUT/initrd"
# What keeps services from starting in a chroot must not keep them from starting in the guest; mmdebstrap would remove it only later.
rm -f "$root/usr/sbin/policy-rc.d"
if [ -e "$root/sbin/start-stop-daemon.REAL" ]; then
    mv "$root/sbin/start-stop-daemon.REAL" "$root/sbin/start-stop-daemon"
fi

rm -rf "$root"/var/cache/apt/*.bin "$root"/var/cache/apt/archives/*.deb "$root"/tmp/* "$root"/var/tmp/*
truncate -s "${DISK_SIZE}M" "$OUTPUT/disk.raw"
# A plain (not recursive) bind mount leaves out /proc, /sys and /dev, which are mounted in the root while hooks run.
mkdir "$OUTPUT/root"
mount --bind "$root" "$OUTPUT/root"
trap 'umount "$OUTPUT/root"; rmdir "$OUTPUT/root"' EXIT
E2FSPROGS_FAKE_TIME=$SOURCE_DATE_EPOCH mke2fs -q -F -t ext4 -L root -m 1 -U "$DISK_UUID" \
    -E "hash_seed=$DISK_UUID,root_owner=0:0,lazy_itable_init=1" -d "$OUTPUT/root" "$OUTPUT/disk.raw"
