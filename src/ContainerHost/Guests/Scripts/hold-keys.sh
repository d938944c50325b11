#!/bin/sh
# Keeps virtual machines and a network open in a guest that is itself emulated (QEMU's TCG), from each boot on.
#
# The kernel patches its own code, with an INT3 first, when a static key goes on or off: as the first virtual machine starts, the last ends, or the first rule of
# a firewall comes. With several processors TCG now and then runs that INT3 after it is gone, and the kernel panics ("Oops: int3", docs/adr/0022). The keys, of
# Linux 6.12, and where they are tested:
#   preempt_notifier_key   __schedule                 on while there is a machine (virt/kvm/kvm_main.c)
#   apic_sw_disabled       kvm_arch_vcpu_ioctl_run    on while a processor has not enabled its APIC, off a second later (arch/x86/kvm/lapic.c)
#   kvm_has_noapic_vcpu    kvm_arch_vcpu_ioctl_run    on while a processor has no APIC of KVM's
#   nf_hooks_needed        ip_rcv and others          one for each hook, on while some network has a rule there (net/netfilter/core.c)
#   nft_counters_enabled   nft_do_chain               on while a rule counts (net/netfilter/nf_tables_core.c)
# While these are open none of them changes; they are made while one processor alone is at work.
set -eu
[ "$(systemd-detect-virt || true)" = qemu ] || exit 0
folder=/usr/local/lib/containerhost
mkdir -p "$folder"
cat >"$folder/hold-keys.py" <<'PY'
import contextlib
import ctypes
import fcntl
import glob
import os
import signal
import socket
import subprocess
import sys

KVM_CREATE_VM, KVM_CREATE_VCPU, KVM_CREATE_IRQCHIP = 0xAE01, 0xAE41, 0xAE60
CLONE_NEWNET = 0x40000000


def switch(processors, state):
    for processor in processors:
        with open(processor, "w", encoding="ascii") as file:
            file.write(state)


@contextlib.contextmanager
def alone():
    with open(__file__, encoding="ascii") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        processors = glob.glob("/sys/devices/system/cpu/cpu[1-9]*/online")
        try:
            switch(processors, "0")
            yield
        finally:
            switch(processors, "1")


def hold_machines():
    for apic in [True, False]:
        machine = fcntl.ioctl(kvm, KVM_CREATE_VM, 0)
        if apic:
            fcntl.ioctl(machine, KVM_CREATE_IRQCHIP, 0)
        fcntl.ioctl(machine, KVM_CREATE_VCPU, 0)


def hold_network():
    """A network of this process, that has had a packet go by its rules."""
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET) != 0:
        sys.exit(f"unshare: {os.strerror(ctypes.get_errno())}")
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    for family, program, here, nowhere in [
        (socket.AF_INET, "iptables", "127.0.0.1", "192.0.2.0/24"),
        (socket.AF_INET6, "ip6tables", "::1", "2001:db8::/32"),
    ]:
        # Where the kernel has no IPv6 there is nothing to hold.
        for rule in ["--table nat --append POSTROUTING --jump MASQUERADE", "--append FORWARD --jump ACCEPT"]:
            subprocess.run([program, "--wait", "30", *rule.split(), "--source", nowhere], check=family == socket.AF_INET)
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as sender:
            sender.sendto(b"x", (here, 9))


if sys.argv[1] == "machines":
    subprocess.run(["modprobe", "--quiet", "--all", "kvm_amd", "kvm_intel"], check=False)
    kvm = os.open("/dev/kvm", os.O_RDWR)
with alone():
    {"machines": hold_machines, "network": hold_network}[sys.argv[1]]()
with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready:
    ready.connect(os.environ["NOTIFY_SOCKET"])
    ready.send(b"READY=1")
signal.pause()
PY
units=
# hold WHAT PROGRAM: by which it is made
hold() {
    units="$units containerhost-$1.service"
    cat >"/etc/systemd/system/containerhost-$1.service" <<UNIT
[Unit]
Description=Keeps $1 open, so that the emulated kernel does not patch itself (ContainerHost)
ConditionVirtualization=qemu
ConditionPathExists=$2
# A runtime sees no more processors later than it starts with.
Before=containerd.service docker.service
# It lives to the very end, past the last process of a shut-down: what it lets go of the kernel would patch.
DefaultDependencies=no
After=basic.target

[Service]
Type=notify
# The @ before its name is what systemd-shutdown spares (https://systemd.io/ROOT_STORAGE_DAEMONS).
ExecStart=@/usr/bin/python3 @hold-keys $folder/hold-keys.py $1
ExecStopPost=/bin/sh -c 'for one in /sys/devices/system/cpu/cpu[1-9]*/online; do echo 1 >\$\$one; done'
OOMScoreAdjust=-900

[Install]
WantedBy=multi-user.target
UNIT
}
modprobe --quiet --all kvm_amd kvm_intel || true
[ ! -e /dev/kvm ] || hold machines /sbin/modprobe
hold network /usr/sbin/iptables
systemctl daemon-reload
# Where they cannot, what follows tells why.
# shellcheck disable=SC2086
systemctl enable --quiet --now $units || true
