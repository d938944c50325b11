"""Has keys of KVM and of the firewall go on and off, each second, while a virtual machine and packets go: where nothing holds them, an emulated kernel panics within seconds."""

import ctypes
import fcntl
import mmap
import os
import socket
import struct
import subprocess
import sys
import time

KVM_CREATE_VM, KVM_CREATE_VCPU, KVM_RUN, KVM_CREATE_IRQCHIP = 0xAE01, 0xAE41, 0xAE80, 0xAE60
KVM_SET_USER_MEMORY_REGION = 0x4020AE46
KVM_SET_REGS, KVM_GET_SREGS, KVM_SET_SREGS = 0x4090AE82, 0x8138AE83, 0x4138AE84
KVM_GET_LAPIC, KVM_SET_LAPIC = 0x8400AE8E, 0x4400AE8F
SPURIOUS = 0xF0  # Its bit 8 enables the APIC in software.

kvm = os.open("/dev/kvm", os.O_RDWR)
end = time.monotonic() + int(sys.argv[1])


def make():
    machine = fcntl.ioctl(kvm, KVM_CREATE_VM, 0)
    fcntl.ioctl(machine, KVM_CREATE_IRQCHIP, 0)
    return machine, fcntl.ioctl(machine, KVM_CREATE_VCPU, 0)


def enable(processor, enabled):
    state = bytearray(0x400)
    fcntl.ioctl(processor, KVM_GET_LAPIC, state)
    struct.pack_into("=I", state, SPURIOUS, 0x1FF if enabled else 0xFF)
    fcntl.ioctl(processor, KVM_SET_LAPIC, bytes(state))


def run():
    machine, processor = make()
    memory = mmap.mmap(-1, 4096)
    # out 0x10, al; and again
    memory[:4] = bytes([0xE6, 0x10, 0xEB, 0xFC])
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    fcntl.ioctl(machine, KVM_SET_USER_MEMORY_REGION, struct.pack("=IIQQQ", 0, 0, 0x1000, 4096, address))
    sregs = bytearray(312)
    fcntl.ioctl(processor, KVM_GET_SREGS, sregs)
    struct.pack_into("=Q", sregs, 0, 0)  # cs.base
    struct.pack_into("=H", sregs, 12, 0)  # cs.selector
    fcntl.ioctl(processor, KVM_SET_SREGS, bytes(sregs))
    fcntl.ioctl(processor, KVM_SET_REGS, struct.pack("=18Q", *([0] * 16), 0x1000, 2))
    enable(processor, True)
    while time.monotonic() < end:
        fcntl.ioctl(processor, KVM_RUN, 0)


def send():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        while time.monotonic() < end:
            one.sendto(b"x", one.getsockname())
            one.recv(1)


def wall(*words):
    subprocess.run(["ip", "netns", *words], check=True)


# They run off the first processor, as our machines do, and what stirs on it: the kernel patches what another processor executes (ADR 22).
others = os.sched_getaffinity(0) - {0}
for work in [run, send]:
    if os.fork() == 0:
        os.sched_setaffinity(0, others or {0})
        work()
        os._exit(0)
os.sched_setaffinity(0, {0})
_, stirred = make()
rounds = 0
while time.monotonic() < end:
    enable(stirred, True)
    wall("add", "stirred")
    wall("exec", "stirred", "iptables", "--table", "nat", "--append", "POSTROUTING", "--jump", "MASQUERADE")
    wall("delete", "stirred")
    time.sleep(1.1)  # KVM lets the key go a second late.
    enable(stirred, False)
    time.sleep(0.05)
    rounds += 1
codes = [os.waitstatus_to_exitcode(os.wait()[1]) for _ in range(2)]
print(f"{rounds} rounds, exit codes {codes}")
