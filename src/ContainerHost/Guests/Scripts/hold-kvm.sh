#!/bin/sh
# Keeps one virtual machine open in a guest that is itself emulated (QEMU's TCG), from each boot on.
#
# With its first virtual machine KVM switches a static key on that stands in the scheduler (preempt_notifier_key, virt/kvm/kvm_main.c), and off with
# its last: the kernel patches its own code, an INT3 first. With several processors TCG now and then runs that INT3 after it is gone, and the kernel
# panics: "Oops: int3 ... RIP: __schedule". While one machine is open nothing is patched; it is opened while one processor alone is at work.
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

KVM_CREATE_VM = 0xAE01


def switch(processors, state):
    for processor in processors:
        with open(processor, "w", encoding="ascii") as file:
            file.write(state)


kvm = os.open("/dev/kvm", os.O_RDWR)
others = glob.glob("/sys/devices/system/cpu/cpu[1-9]*/online")
switch(others, "0")
try:
    machine = fcntl.ioctl(kvm, KVM_CREATE_VM, 0)
finally:
    switch(others, "1")
with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready:
    ready.connect(os.environ["NOTIFY_SOCKET"])
    ready.send(b"READY=1")
signal.pause()
PY
cat >/etc/systemd/system/containerhost-kvm.service <<'UNIT'
[Unit]
Description=Keeps a virtual machine open, so that the emulated kernel does not patch itself (ContainerHost)

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
