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
: >"$root/etc/machine-id"
rm -f "$root"/etc/ssh/ssh_host_* "$root/etc/hostname"

# cloud-init reads the NoCloud medium and looks for no other source; the modules that only other distributions or
# configuration management need are left out, since each costs a second under emulation.
cat >"$root/etc/cloud/cloud.cfg.d/90_containerhost.cfg" <<'EOF'
datasource_list: [NoCloud, None]
network: {config: disabled}
cloud_init_modules: [bootcmd, write-files, growpart, resizefs, disk_setup, mounts, set_hostname, update_hostname, update_etc_hosts, ca-certs, users-groups, ssh]
cloud_config_modules: [set-passwords, apt-configure, ntp, timezone, runcmd]
cloud_final_modules: [package-update-upgrade-install, write-files-deferred, scripts-per-once, scripts-per-boot, scripts-per-instance, scripts-user, final-message]
EOF

# One network card, set up by DHCP.
cat >"$root/etc/systemd/network/80-containerhost.network" <<'EOF'
[Match]
Name=en* eth*

[Network]
DHCP=ipv4
LinkLocalAddressing=no
EOF
chroot "$root" systemctl enable systemd-networkd.service systemd-resolved.service

# A lab host installs from pinned packages only; nothing else may take the package lock or the processor.
for unit in systemd-networkd-wait-online.service e2scrub_reap.service apt-daily.timer apt-daily-upgrade.timer man-db.timer e2scrub_all.timer fstrim.timer dpkg-db-backup.timer; do
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
# that are never checked do not depend on the sources' times either.
chroot "$root" python3 -m compileall -q --invalidation-mode unchecked-hash /usr/lib/python3 /usr/lib/python3.[0-9]*
