#!/bin/busybox sh
# shellcheck shell=dash
# The first process of a micro VM: mounts the tree that the guest shares, runs the job in the container's root, and ends the VM.
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
while read -r module; do insmod "/modules/$module"; done </modules/order
mount -t virtiofs tree /tree
root=/tree/root
hostname "$(cat /tree/job/hostname)"
# QEMU's user networking always hands out these (QEMU's documentation, "Using the user mode network stack").
ip link set lo up
ip link set eth0 up
ip addr add 10.0.2.15/24 dev eth0
ip route add default via 10.0.2.2
mount -t proc proc $root/proc
mount -t sysfs sysfs $root/sys
mount -t devtmpfs devtmpfs $root/dev
# The job brings its own shell, on the RAM disk behind /dev: an image may have none.
mkdir /dev/containerhost
cp /bin/busybox /tree/job/job /dev/containerhost/
touch /tree/job/begun || reboot -f
chroot $root /dev/containerhost/busybox sh /dev/containerhost/job >/tree/job/stdout 2>/tree/job/stderr </dev/null
echo $? >/tree/job/exit
[ -e /tree/job/quiet ] || cat /tree/job/stdout /tree/job/stderr
echo "micro VM: kernel $(uname -r), boot id $(cat /proc/sys/kernel/random/boot_id), exit code $(cat /tree/job/exit)"
sync
reboot -f
