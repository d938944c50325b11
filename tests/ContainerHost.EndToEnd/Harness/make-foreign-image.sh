#!/bin/sh
# Makes a Debian image as vendors ship them: a partition table, GRUB for BIOS and UEFI, cloud-init as it comes, no lists of packages.
# usage: make-foreign-image.sh RELEASE SOURCES-LIST IMAGE netplan|ifupdown both|uefi. Needs root, mmdebstrap, mtools and qemu-img; no loop device.
set -eu
release=$1
sources=$2
image=$3
case $4 in
    netplan) network=netplan.io,systemd-resolved ;;
    ifupdown) network=ifupdown,isc-dhcp-client ;;
esac
firmware=$5
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
trap 'exit 1' HUP INT TERM
root=$work/root
disk=$work/disk.raw
mmdebstrap --quiet --mode=root --variant=minbase --format=directory \
    --include="linux-image-cloud-amd64,initramfs-tools,zstd,systemd-sysv,dbus,udev,$network,openssh-server,sudo,cloud-init" \
    --include=cloud-guest-utils,fdisk,unattended-upgrades,apparmor,ca-certificates,iproute2,procps,grub-pc-bin,grub-efi-amd64-bin \
    "$release" "$root" "$sources"
# What mmdebstrap leaves of this machine, and what a vendor does before the image is published.
rm -f "$root"/etc/hostname "$root"/etc/resolv.conf "$root"/etc/ssh/ssh_host_*
: >"$root/etc/machine-id"
if [ -e "$root/lib/systemd/systemd-resolved" ]; then
    ln -s ../run/systemd/resolve/stub-resolv.conf "$root/etc/resolv.conf"
fi
# Debian's own images name their mirrors in files beside the sources.
mkdir "$root/etc/apt/mirrors"
awk -v folder="$root/etc/apt/mirrors/" '{
    for (i = 2; i <= NF; i++)
        if ($i ~ /^https?:/) {
            list = $i
            gsub(/[^a-z0-9]+/, "-", list)
            print $i >(folder list)
            $i = "mirror+file:/etc/apt/mirrors/" list
        }
    print
}' "$sources" >"$root/etc/apt/sources.list"
# They have a locale too; without one cloud-init 22.4 fails.
echo 'locale: C.UTF-8' >"$root/etc/cloud/cloud.cfg.d/01_debian_cloud.cfg"
echo 'LABEL=cloudimg / ext4 rw,discard,errors=remount-ro 0 1' >"$root/etc/fstab"
mkdir -p "$root/boot/grub/i386-pc"
cp "$root"/usr/lib/grub/i386-pc/*.mod "$root"/usr/lib/grub/i386-pc/*.lst "$root/boot/grub/i386-pc"
cat >"$root/boot/grub/grub.cfg" <<'CONFIG'
search --set=root --label cloudimg
linux /vmlinuz root=LABEL=cloudimg ro console=tty0 console=ttyS0,115200
initrd /initrd.img
boot
CONFIG
chroot "$root" grub-mkimage -O i386-pc -o /tmp/core.img -p '(,gpt1)/boot/grub' biosdisk part_gpt ext2
# A line a command: the parser of this early configuration knows no semicolons.
printf '%s\n' 'search --set=root --label cloudimg' 'configfile /boot/grub/grub.cfg' >"$root/tmp/early.cfg"
chroot "$root" grub-mkimage -O x86_64-efi -c /tmp/early.cfg -o /tmp/bootx64.efi -p /EFI/debian \
    part_gpt fat ext2 search search_label configfile normal linux boot echo
mv "$root/tmp/core.img" "$root/tmp/bootx64.efi" "$work"
# The root is numbered 1 and lies last, so that it grows. Sectors: BIOS boot 2048 to 8191, EFI 8192 to 40959, root from 40960 on.
truncate -s 2G "$root/tmp/disk.raw"
chroot "$root" sfdisk --quiet /tmp/disk.raw <<'TABLE'
label: gpt
14: start=2048, size=6144, type=21686148-6449-6E6F-744E-656564454649
15: start=8192, size=32768, type=uefi
1: start=40960, type=linux
TABLE
mv "$root/tmp/disk.raw" "$disk"
rm "$root/tmp/early.cfg"
# GRUB's first sector reads the one that its bytes at 92 name, and that one the sectors of its list of blocks, at 500.
# Without it BIOS starts nothing.
# shellcheck disable=SC2059 # The format is the bytes.
put() { printf "$(printf '\\%03o' $(($3 % 256)) $(($3 / 256)))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none; }
cp "$root/usr/lib/grub/i386-pc/boot.img" "$work/boot.img"
put "$work/boot.img" 92 2048
put "$work/core.img" 500 2049
put "$work/core.img" 508 $((($(stat -c %s "$work/core.img") + 511) / 512 - 1))
[ "$firmware" = uefi ] || dd if="$work/boot.img" of="$disk" bs=440 count=1 conv=notrunc status=none
dd if="$work/core.img" of="$disk" bs=512 seek=2048 conv=notrunc status=none
mformat -i "$disk@@4M" -T 32768 -h 64 -s 32 -v EFI ::
mmd -i "$disk@@4M" ::/EFI ::/EFI/BOOT
mcopy -i "$disk@@4M" "$work/bootx64.efi" ::/EFI/BOOT/BOOTX64.EFI
mke2fs -q -F -t ext4 -L cloudimg -d "$root" -E offset=$((40960 * 512)) "$disk" 2000M
qemu-img convert -O qcow2 "$disk" "$image"
