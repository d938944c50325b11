#!/bin/sh
# Makes a disk of the root's folder $1, with kernel and initial RAM disk beside it, in the folder $2; DISK_SIZE in MiB and DISK_UUID come
# by environment. No partition table: the disk is the file system, grown by the guest at its first start.
set -eu
root=$1
output=$2
# An ordinary user's PATH has no place for mke2fs.
PATH=$PATH:/usr/sbin:/sbin
cp -L "$root/vmlinuz" "$output/vmlinuz"
cp -L "$root/initrd.img" "$output/initrd"
# The guest's kernel makes its own; only root could make them here.
rm -rf "${root:?}"/dev/*
truncate -s "${DISK_SIZE}M" "$output/disk.raw"
mke2fs -q -F -t ext4 -L root -m 1 -U "$DISK_UUID" \
    -E "hash_seed=$DISK_UUID,root_owner=0:0,lazy_itable_init=1" -d "$root" "$output/disk.raw"
