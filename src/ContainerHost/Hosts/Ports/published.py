# Tells which ports containers publish on this guest, as a list in JSON whenever that changes, until nobody reads it.
# Docker and CNI's plug-in portmap both publish by rules of iptables that translate a port's address:
# https://docs.docker.com/engine/network/packet-filtering-firewalls/, https://www.cni.dev/plugins/current/meta/portmap/
import json
import re
import subprocess
import time

RULE = re.compile(r"^-A \S+ .*-p tcp .*--dport (\d+) .*-j DNAT ")
PAUSE = 2
# One who reads no more is only seen when something is written.
QUIET = 15


def published():
    rules = subprocess.run(["iptables-save", "-t", "nat"], capture_output=True, text=True, check=True).stdout
    found = (RULE.match(line) for line in rules.splitlines())
    return sorted({int(rule.group(1)) for rule in found if rule})


told, since = None, 0
while True:
    now = published()
    if now != told or since >= QUIET:
        print(json.dumps(now), flush=True)
        told, since = now, 0
    time.sleep(PAUSE)
    since += PAUSE
