# Tells which ports containers publish on this guest, as a list in JSON whenever that changes, until nobody reads it.
# Docker and CNI's plug-in portmap both publish by rules of iptables that translate a port's address:
# https://docs.docker.com/engine/network/packet-filtering-firewalls/, https://www.cni.dev/plugins/current/meta/portmap/
import json
import re
import select
import socket
import subprocess
import time

RULE = re.compile(r"^-A \S+ .*-p tcp .*--dport (\d+) .*-j DNAT ")
# linux/netlink.h, and linux/netfilter/nfnetlink.h for the group that is told each change of nftables.
NETLINK_NETFILTER, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, NFNLGRP_NFTABLES = 12, 270, 1, 7
PAUSE = 2
# One who reads no more is only seen when something is written.
QUIET = 15


def ask(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def published():
    found = (RULE.match(line) for line in ask("iptables-save", "-t", "nat").splitlines())
    return sorted({int(rule.group(1)) for rule in found if rule})


def may_have_changed():
    """Waits for a change of the rules; those of iptables-legacy are told by nobody, and looked at now and then."""
    if not is_told:
        time.sleep(PAUSE)
        return True
    if not select.select([changes], [], [], QUIET)[0]:
        return False
    # A container brings many.
    time.sleep(0.5)
    try:
        while changes.recv(1 << 16):
            pass
    except OSError:
        # There are no more, or were too many (netlink(7), ENOBUFS).
        return True


is_told = "nf_tables" in ask("iptables", "--version")
if is_told:
    changes = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER)
    # One without an address is told nothing.
    changes.bind((0, 0))
    changes.setsockopt(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, NFNLGRP_NFTABLES)
    changes.setblocking(False)
told, at, now = None, 0.0, published()
while True:
    if now != told or time.monotonic() - at >= QUIET:
        print(json.dumps(now), flush=True)
        told, at = now, time.monotonic()
    if may_have_changed():
        now = published()
