#!/bin/sh
# Runs as a customize hook of mmdebstrap with the new root's folder as $1: makes the root a quick, quiet cloud-init guest.
set -eu
root=$1

# The initial RAM disk of a machine that only ever sees virtio: small and quick to unpack, also under emulation.
cat >"$root/etc/initramfs-tools/modules" <<'EOF'
virtio_pci
virtio_blk
virtio_net
ext4
EOF
cat >"$root/etc/initramfs-tools/conf.d/containerhost" <<'EOF'
MODULES=list
COMPRESS=zstd
EOF
chroot "$root" update-initramfs -u -k all
# The machine boots with the copy made here; packages installed in the guest need not make it anew.
printf 'update_initramfs=no\n' >"$root/etc/initramfs-tools/update-initramfs.conf"

printf 'LABEL=root / ext4 defaults,noatime 0 1\n' >"$root/etc/fstab"
rm -f "$root"/etc/ssh/ssh_host_* "$root/etc/hostname"

# cloud-init reads the NoCloud medium and looks for no other source. Its modules are those of Debian's own list, so that users' keys do what
# they do in a vendor's image; what some do unasked is left out, since it would start programs at each first boot that nobody needs here:
# there is no GRUB to be set up, the console need not show the SSH keys, and no locale is generated before one is asked for.
cat >"$root/etc/cloud/cloud.cfg.d/90_containerhost.cfg" <<'EOF'
datasource_list: [NoCloud, None]
network: {config: disabled}
grub_dpkg: {enabled: false}
ssh: {emit_keys_to_console: false}
no_ssh_fingerprints: true
EOF
printf 'LANG=C.UTF-8\n' >"$root/etc/default/locale"
# cloud-init starts it where a keyboard is asked for; nobody types at most consoles.
chroot "$root" systemctl disable console-setup.service keyboard-setup.service

# One network card, set up by DHCP.
cat >"$root/etc/systemd/network/80-containerhost.network" <<'EOF'
[Match]
Name=en* eth*

[Network]
DHCP=ipv4
LinkLocalAddressing=no
EOF
chroot "$root" systemctl enable systemd-networkd.service systemd-resolved.service

# A lab host installs from pinned packages only; nothing else may take the package lock or the processor. fstrim.timer, which Debian
# enables (util-linux's postinst), stays: by it the hypervisor learns once a week what the guest has freed.
for unit in systemd-networkd-wait-online.service e2scrub_reap.service apt-daily.timer apt-daily-upgrade.timer man-db.timer e2scrub_all.timer dpkg-db-backup.timer; do
    ln -sf /dev/null "$root/etc/systemd/system/$unit"
done

# A throw-away disk needs no fsync for each unpacked file, and nobody reads manuals in it.
cat >"$root/etc/dpkg/dpkg.cfg.d/containerhost" <<'EOF'
force-unsafe-io
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/man/*
path-exclude=/usr/share/locale/*
EOF
rm -rf "$root"/usr/share/doc/* "$root"/usr/share/man/* "$root"/usr/share/locale/*

# cloud-init is Python: compiled ahead, its stages start in seconds under emulation rather than in tens of them. Hash-based files
# that are never checked do not depend on the sources' times either. The folder bears the version of the root's Python.
chroot "$root" sh -c 'python3 -m compileall -q --invalidation-mode unchecked-hash /usr/lib/python3 /usr/lib/python3.[0-9]*'
