#!/bin/sh
# Has the root file system take all of its disk, on a partition or on the disk itself, and tells what it has now.
set -eu

source=$(readlink -f "$(findmnt --noheadings --nofsroot --output SOURCE /)")
kind=$(findmnt --noheadings --output FSTYPE /)
type=$(lsblk --noheadings --nodeps --output TYPE "$source")
case $type in
disk) ;;
part)
    disk=$(lsblk --noheadings --nodeps --output PKNAME "$source")
    number=$(cat "/sys/class/block/${source##*/}/partition")
    # 1: it has all of it already (growpart(1)).
    growpart "/dev/$disk" "$number" >/dev/null || [ $? -eq 1 ]
    ;;
*)
    echo "the root file system is on a device of the kind '$type', which is grown by hand" >&2
    exit 3
    ;;
esac
case $kind in
ext*) resize2fs "$source" >/dev/null ;;
xfs) xfs_growfs / >/dev/null ;;
btrfs) btrfs filesystem resize max / >/dev/null ;;
*)
    echo "the root file system is $kind, and nothing is known of how it grows" >&2
    exit 3
    ;;
esac
df --output=size,avail --block-size=MiB / | tail -n 1 | sed 's/ *\([^ ]*\) *\([^ ]*\) */the file system has \1, \2 of it free/'
