#!/bin/sh
# Keeps two virtual machines open in a guest that is itself emulated (QEMU's TCG), from each boot on.
#
# KVM switches static keys on and off as virtual machines and their processors come and go, and has the kernel patch its own code for it, an INT3
# first. With several processors TCG now and then runs that INT3 after it is gone, and the kernel panics ("Oops: int3", docs/adr/0022). The keys, of Linux
# 6.12, and where they are tested:
#   preempt_notifier_key   __schedule                 on while there is a machine (virt/kvm/kvm_main.c)
#   apic_sw_disabled       kvm_arch_vcpu_ioctl_run    on while a processor has not enabled its APIC, off a second later (arch/x86/kvm/lapic.c)
#   kvm_has_noapic_vcpu    kvm_arch_vcpu_ioctl_run    on while a processor has no APIC of KVM's
# While these two are open none of them changes; they are made while one processor alone is at work.
set -eu
[ "$(systemd-detect-virt || true)" = qemu ] || exit 0
folder=/usr/local/lib/containerhost
mkdir -p "$folder"
cat >"$folder/hold-kvm.py" <<'PY'
import fcntl
import glob
import os
import signal
import socket

KVM_CREATE_VM, KVM_CREATE_VCPU, KVM_CREATE_IRQCHIP = 0xAE01, 0xAE41, 0xAE60


def switch(processors, state):
    for processor in processors:
        with open(processor, "w", encoding="ascii") as file:
            file.write(state)


def hold(apic):
    machine = fcntl.ioctl(kvm, KVM_CREATE_VM, 0)
    if apic:
        fcntl.ioctl(machine, KVM_CREATE_IRQCHIP, 0)
    fcntl.ioctl(machine, KVM_CREATE_VCPU, 0)


kvm = os.open("/dev/kvm", os.O_RDWR)
others = glob.glob("/sys/devices/system/cpu/cpu[1-9]*/online")
switch(others, "0")
try:
    hold(apic=True)
    hold(apic=False)
finally:
    switch(others, "1")
with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready:
    ready.connect(os.environ["NOTIFY_SOCKET"])
    ready.send(b"READY=1")
signal.pause()
PY
cat >/etc/systemd/system/containerhost-kvm.service <<'UNIT'
[Unit]
Description=Keeps virtual machines open, so that the emulated kernel does not patch itself (ContainerHost)

[Service]
Type=notify
ExecStartPre=-/sbin/modprobe --quiet --all kvm_amd kvm_intel
ExecStart=/usr/bin/python3 /usr/local/lib/containerhost/hold-kvm.py

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
# Where it cannot, the proof that follows tells why.
systemctl enable --quiet --now containerhost-kvm.service || true
