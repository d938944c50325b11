"""Strips a guest of all by which it is known or may be entered. Then waits while it is frozen and cloned, and makes each clone a guest of its own; or
leaves that to cloud-init, which does it at the clone's first boot.

usage: become.py PORT|off USER

PORT is a serial port to the hypervisor's side. It gets "ready" once nothing is left to be done before the freeze; then it gives one line, a JSON
object: "name", "instanceId", "machineId", "mac", "user", "passwordHash", "authorizedKey", "hostPrivateKey", "hostPublicKey", "entropy" (Base64)
and "now" (seconds since 1970). It gets "done" and the clone's address once the clone's own SSH server is started and
it has one, five seconds later at most, or what went wrong.

With "off" it ends once nothing is left to be done before the guest is turned off, without its services' own ends; nobody can log in from then on.
"""

import base64
import fcntl
import glob
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import time

RNDADDENTROPY = 0x40085203
RNDRESEEDCRNG = 0x5207
# netdevice(7).
SIOCGIFADDR = 0x8915
SIOCSIFHWADDR = 0x8924
ARPHRD_ETHER = 1
CLOUD = "/var/lib/cloud"
SEED = "/var/lib/systemd/random-seed"
# What makes state of its own when it starts, in the order in which it is stopped.
RUNTIMES = ["docker.socket", "docker.service", "containerd.service"]
ENTRANCES = ["ssh.socket", "ssh.service", "NetworkManager.service", "systemd-networkd.socket", "systemd-networkd.service", "networking.service"]
NETWORKS = ["/etc/netplan/*.yaml", "/etc/systemd/network/**", "/run/systemd/network/**", "/etc/network/interfaces.d/*"]
# Ids that are made anew where they are missing.
IDS = [
    "/var/lib/containerd/io.containerd.grpc.v1.introspection/uuid",
    "/var/lib/docker/engine-id",
    "/etc/docker/key.json",
    SEED,
    # systemd-boot's, on the EFI system partition (random-seed(8) of bootctl).
    "/boot/loader/random-seed",
    "/boot/efi/loader/random-seed",
    "/efi/loader/random-seed",
    # A clone is on a private network only where it is put on one.
    "/etc/systemd/network/*containerhost-private*",
    "/etc/network/interfaces.d/*containerhost-private*",
    "/etc/NetworkManager/system-connections/containerhost-private*",
    "/var/lib/systemd/credential.secret",
    "/var/lib/dhcp/*",
    "/var/lib/NetworkManager/*lease*",
    "/var/lib/NetworkManager/secret_key",
    "/run/systemd/netif/leases/*",
    "/etc/ssh/ssh_host_*",
    "/root/.*_history",
    "/home/*/.*_history",
    # cloud-init's copies of the answers, with a hash of the password and the host's key.
    f"{CLOUD}/instances/*/*user-data*",
    f"{CLOUD}/instances/*/*vendor*",
    f"{CLOUD}/instances/*/cloud-config.txt",
    f"{CLOUD}/instances/*/obj.pkl",
    "/run/cloud-init/*instance-data*",
    "/run/cloud-init/combined-cloud-config.json",
]
# What a boot makes anew, and a guest that goes on is told: by these cloud-init knows the instance before.
BEFORE = [f"{CLOUD}/instance", f"{CLOUD}/instances/*", f"{CLOUD}/data/*instance-id", f"{CLOUD}/data/previous-hostname", f"{CLOUD}/data/set-hostname"]


def run(*words, text=None):
    result = subprocess.run(words, input=text, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise OSError(f"{' '.join(words)}: {result.stderr.strip()}")


def active(units):
    state = subprocess.run(["systemctl", "is-active", *units], capture_output=True, text=True, check=False)
    return [unit for unit, word in zip(units, state.stdout.split()) if word == "active"]


def write(path, text, mode=0o644):
    with open(path + ".new", "w", encoding="utf-8", errors="surrogateescape", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        file.write(text)
    os.replace(path + ".new", path)


def card():
    """The adapter that leads outside; that of a private network is known by its address (MachineSpec.PrivateMacOf)."""
    cards = [name for name in sorted(os.listdir("/sys/class/net")) if os.path.exists(f"/sys/class/net/{name}/device")]
    return next(name for name in cards if not address_of(name).startswith("52:54:01:"))


def address_of(card_name):
    with open(f"/sys/class/net/{card_name}/address", encoding="ascii") as file:
        return file.read().strip()


def address():
    return address_of(card())


def ask_card(request, value=b""):
    """A call to the adapter, in place of a program: each that starts takes time and memory of every clone."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        return fcntl.ioctl(any_socket, request, struct.pack("16s240s", card().encode(), value))[16:]


def given_address():
    """The address that the network gives, as soon as it has; none where it gives none."""
    for _ in range(250):
        try:
            return socket.inet_ntoa(ask_card(SIOCGIFADDR)[4:8])
        except OSError:
            time.sleep(0.02)
    return ""


def strip(user):
    run("passwd", "--lock", user)
    keys = os.path.expanduser(f"~{user}/.ssh/authorized_keys")
    owner = os.stat(keys)
    write(keys, "", 0o600)
    os.chown(keys, owner.st_uid, owner.st_gid)
    for pattern in IDS:
        for path in glob.glob(pattern):
            if os.path.isfile(path):
                os.remove(path)


def leave_network():
    run("ip", "address", "flush", "dev", card())
    run("ip", "link", "set", "dev", card(), "down")


def forget_instance():
    """An empty machine id is drawn at the next boot, which is no first boot in any other respect (machine-id(5)); D-Bus's own would be taken before that."""
    for path in [path for pattern in BEFORE for path in glob.glob(pattern)]:
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        else:
            os.remove(path)
    write("/etc/machine-id", "", 0o444)
    if os.path.isfile("/var/lib/dbus/machine-id") and not os.path.islink("/var/lib/dbus/machine-id"):
        os.remove("/var/lib/dbus/machine-id")


def forget_logs():
    for folder in glob.glob("/run/log/journal/*") + glob.glob("/var/log/journal/*"):
        shutil.rmtree(folder, ignore_errors=True)
    os.sync()
    subprocess.run(["fstrim", "/"], check=False, capture_output=True)


def reseed(entropy):
    # The kernel's pool was the template's; what every clone gets is its own (random(4)).
    with open("/dev/urandom", "wb", buffering=0) as pool:
        fcntl.ioctl(pool, RNDADDENTROPY, struct.pack(f"ii{len(entropy)}s", len(entropy) * 8, len(entropy), entropy))
        fcntl.ioctl(pool, RNDRESEEDCRNG)
    with open(SEED, "wb") as file:
        file.write(os.urandom(512))


def take_name(name, machine_id):
    write("/etc/hostname", name + "\n")
    with open("/etc/hosts", encoding="utf-8") as file:
        lines = [line for line in file.read().splitlines() if not line.startswith("127.0.1.1")]
    write("/etc/hosts", "\n".join([f"127.0.1.1 {name} {name}", *lines, ""]))
    socket.sethostname(name)
    write("/etc/machine-id", machine_id + "\n", 0o444)
    if os.path.isfile("/var/lib/dbus/machine-id") and not os.path.islink("/var/lib/dbus/machine-id"):
        write("/var/lib/dbus/machine-id", machine_id + "\n")


def take_address(mac):
    # What knows the adapter by its address, as cloud-init writes it for images of others.
    old = address()
    for path in [path for pattern in NETWORKS for path in glob.glob(pattern, recursive=True) if os.path.isfile(path)]:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            text = file.read()
        if old in text:
            write(path, text.replace(old, mac), os.stat(path).st_mode & 0o777)
    ask_card(SIOCSIFHWADDR, struct.pack("H6s", ARPHRD_ETHER, bytes.fromhex(mac.replace(":", ""))))


def take_user(identity):
    user = identity["user"]
    run("chpasswd", "-e", text=f"{user}:{identity['passwordHash']}\n")
    keys = os.path.expanduser(f"~{user}/.ssh/authorized_keys")
    with open(keys, "w", encoding="utf-8") as file:
        file.write(identity["authorizedKey"] + "\n")
    write("/etc/ssh/ssh_host_ed25519_key", identity["hostPrivateKey"], 0o600)
    write("/etc/ssh/ssh_host_ed25519_key.pub", identity["hostPublicKey"] + "\n")


def take_instance(instance_id):
    """cloud-init takes the clone for set up: what it would do for a new instance is done here."""
    link = f"{CLOUD}/instance"
    new = f"{CLOUD}/instances/{instance_id}"
    os.rename(os.path.realpath(link), new)
    os.remove(link)
    os.symlink(new, link)
    for name in ("instance-id", "previous-instance-id"):
        write(f"{CLOUD}/data/{name}", instance_id + "\n")
    write("/run/cloud-init/.instance-id", instance_id + "\n")


def become(identity, entrances, runtimes):
    time.clock_settime(time.CLOCK_REALTIME, identity["now"])
    reseed(base64.b64decode(identity["entropy"]))
    take_name(identity["name"], identity["machineId"])
    take_address(identity["mac"])
    take_user(identity)
    take_instance(identity["instanceId"])
    run("systemctl", "start", *reversed(entrances))
    # Nobody waits for these: whoever asks for the runtime waits for its service.
    run("systemctl", "--no-block", "restart", "systemd-journald.service")
    if runtimes:
        run("systemctl", "--no-block", "start", *reversed(runtimes))


def strip_for_boot(user):
    # Without a unit it is an error.
    if runtimes := active(RUNTIMES):
        run("systemctl", "stop", *runtimes)
    strip(user)
    forget_instance()
    forget_logs()


def strip_and_wait(path, user):
    with open(path, "r+b", buffering=0) as port:
        try:
            runtimes, entrances = active(RUNTIMES), active(ENTRANCES)
            run("systemctl", "stop", *runtimes, *entrances)
            strip(user)
            leave_network()
            forget_logs()
            port.write(b"ready\n")
            line = b""
            while not line.endswith(b"\n"):
                # Nobody on the other side is an end, too.
                more = port.read(65536)
                line += more or b""
                if not more:
                    time.sleep(0.02)
            become(json.loads(line), entrances, runtimes)
            port.write(f"done {given_address()}\n".encode())
        except Exception as wrong:  # pylint: disable=broad-except # whatever it is, the other side waits for a line
            port.write(f"failed: {wrong!r}".replace("\n", " ").encode(errors="replace") + b"\n")


if __name__ == "__main__":
    if sys.argv[1] == "off":
        strip_for_boot(sys.argv[2])
    else:
        strip_and_wait(sys.argv[1], sys.argv[2])
