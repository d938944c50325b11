"""Runs a virtual machine of four instructions through /dev/kvm, to prove that this guest can run guests (Linux, Documentation/virt/kvm/api.rst)."""

import ctypes
import fcntl
import mmap
import os
import struct
import subprocess
import sys

KVM_CREATE_VM, KVM_GET_VCPU_MMAP_SIZE = 0xAE01, 0xAE04
KVM_CREATE_VCPU, KVM_RUN = 0xAE41, 0xAE80
KVM_SET_USER_MEMORY_REGION = 0x4020AE46
KVM_SET_REGS, KVM_GET_SREGS, KVM_SET_SREGS = 0x4090AE82, 0x8138AE83, 0x4138AE84
EXIT_IO, EXIT_HLT = 2, 5
PORT, EXPECTED = 0x10, 42


def module():
    with open("/proc/cpuinfo", encoding="ascii") as text:
        flags = next((line for line in text if line.startswith("flags")), "").split()
    if "svm" in flags:
        return "svm", "kvm_amd"
    if "vmx" in flags:
        return "vmx", "kvm_intel"
    sys.exit("the guest's processor shows neither svm nor vmx: virtualisation is not exposed to it")


def run():
    # An emulated guest's first processor may lose its interrupts where it runs virtual machines (docs/adr/0022).
    others = os.sched_getaffinity(0) - {0}
    if others:
        os.sched_setaffinity(0, others)
    kvm = os.open("/dev/kvm", os.O_RDWR)
    vm = fcntl.ioctl(kvm, KVM_CREATE_VM, 0)
    memory = mmap.mmap(-1, 4096)
    # mov al, EXPECTED; out PORT, al; hlt
    memory[:5] = bytes([0xB0, EXPECTED, 0xE6, PORT, 0xF4])
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    fcntl.ioctl(vm, KVM_SET_USER_MEMORY_REGION, struct.pack("=IIQQQ", 0, 0, 0x1000, 4096, address))
    cpu = fcntl.ioctl(vm, KVM_CREATE_VCPU, 0)
    state = mmap.mmap(cpu, fcntl.ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0))
    sregs = bytearray(312)
    fcntl.ioctl(cpu, KVM_GET_SREGS, sregs)
    struct.pack_into("=Q", sregs, 0, 0)  # cs.base
    struct.pack_into("=H", sregs, 12, 0)  # cs.selector
    fcntl.ioctl(cpu, KVM_SET_SREGS, bytes(sregs))
    # Sixteen general registers, then rip and rflags, whose bit 1 is always set.
    fcntl.ioctl(cpu, KVM_SET_REGS, struct.pack("=18Q", *([0] * 16), 0x1000, 2))
    fcntl.ioctl(cpu, KVM_RUN, 0)
    (reason,) = struct.unpack_from("=I", state, 8)
    if reason != EXIT_IO:
        sys.exit(f"the virtual machine ended its first run with exit reason {reason} instead of {EXIT_IO} (I/O)")
    (port,) = struct.unpack_from("=H", state, 34)
    (offset,) = struct.unpack_from("=Q", state, 40)
    if port != PORT or state[offset] != EXPECTED:
        sys.exit(f"the virtual machine wrote {state[offset]} to port {port} instead of {EXPECTED} to {PORT}")
    fcntl.ioctl(cpu, KVM_RUN, 0)
    (reason,) = struct.unpack_from("=I", state, 8)
    if reason != EXIT_HLT:
        sys.exit(f"the virtual machine did not halt: exit reason {reason}")


flag, name = module()
loaded = subprocess.run(["modprobe", name], capture_output=True, text=True, check=False)
if loaded.returncode != 0 or not os.path.exists("/dev/kvm"):
    sys.exit(f"module {name} does not load: {loaded.stderr.strip() or 'no /dev/kvm appeared'}")
run()
print(f"processor flag {flag}, module {name}, /dev/kvm: a virtual machine ran, wrote {EXPECTED} to port {PORT} and halted")
