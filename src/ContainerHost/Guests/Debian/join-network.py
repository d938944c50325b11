"""Puts the adapter of a private network into service, for good, and tells the guest the names of its neighbours there.

usage: join-network.py MAC ADDRESS/BITS [NAME=ADDRESS...]

The adapter is known by the beginning of its MAC address; a clone's has its template's until it gets its own here.
"""

import fcntl
import glob
import os
import subprocess
import sys

KIND = "52:54:01:"
NETWORKD = "/etc/systemd/network/70-containerhost-private.network"
INTERFACES = "/etc/network/interfaces.d/70-containerhost-private"
CONNECTION = "containerhost-private"
BEGIN = "# ContainerHost: the private network's hosts"
END = "# ContainerHost: end of them"
# cloud-init writes the first anew from the others at each boot, where it is told to (its module update_etc_hosts).
NAMES = ["/etc/hosts", *glob.glob("/etc/cloud/templates/hosts.*.tmpl")]


def run(*words):
    result = subprocess.run(words, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        sys.exit(f"{' '.join(words)}: {result.stderr.strip()}")


def active(unit):
    return subprocess.run(["systemctl", "is-active", "--quiet", unit], check=False).returncode == 0


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(path + ".new", path)


def adapter():
    for name in os.listdir("/sys/class/net"):
        if os.path.exists(f"/sys/class/net/{name}/device") and read(f"/sys/class/net/{name}/address").startswith(KIND):
            return name
    sys.exit(f"there is no network adapter with a MAC address that begins with {KIND}")


def join(mac, address):
    card = adapter()
    if read(f"/sys/class/net/{card}/address").strip() != mac:
        run("ip", "link", "set", "dev", card, "address", mac)
    if active("systemd-networkd.service"):
        write(NETWORKD, f"[Match]\nMACAddress={mac}\n\n[Network]\nAddress={address}\nLinkLocalAddressing=no\n")
        run("networkctl", "reload")
        run("networkctl", "reconfigure", card)
    elif active("NetworkManager.service"):
        subprocess.run(["nmcli", "connection", "delete", CONNECTION], capture_output=True, check=False)
        settings = ["ipv4.method", "manual", "ipv4.addresses", address, "ipv6.method", "disabled"]
        run("nmcli", "connection", "add", "type", "ethernet", "con-name", CONNECTION, "ifname", card, *settings)
        run("nmcli", "connection", "up", CONNECTION)
    else:
        write(INTERFACES, f"auto {card}\niface {card} inet static\n    address {address}\n")
        subprocess.run(["ifdown", "--force", card], capture_output=True, check=False)
        run("ifup", card)


def name(neighbours):
    block = [BEGIN, *(f"{address} {name}" for name, address in neighbours), END] if neighbours else []
    for path in NAMES:
        lines = read(path).splitlines()
        if BEGIN in lines and END in lines:
            del lines[lines.index(BEGIN) : lines.index(END) + 1]
        write(path, "\n".join([*lines, *block, ""]))


def main(mac, address, *neighbours):
    # Others may tell the guest of a neighbour at the same time.
    lock = os.open("/run/lock", os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    join(mac, address)
    name([one.split("=") for one in neighbours])


if __name__ == "__main__":
    main(*sys.argv[1:])
