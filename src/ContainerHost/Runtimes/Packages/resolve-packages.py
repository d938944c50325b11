"""Prints as JSON what apt would install for the packages named as arguments, and what was put in before, each with origin and SHA-256."""

import fcntl
import json
import os
import subprocess
import sys
from urllib.parse import unquote

MANIFEST = "/var/lib/containerhost/packages.json"


def run(*words):
    result = subprocess.run(words, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"})
    if result.returncode != 0:
        sys.exit(f"{' '.join(words)}: {result.stderr.strip()}")
    return result.stdout


def stanzas(text):
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line and line[0] != " ")
        if fields:
            yield fields


def read_manifest():
    if not os.path.exists(MANIFEST):
        return {}
    with open(MANIFEST, encoding="utf-8") as file:
        return json.load(file)


def write_manifest(packages):
    os.makedirs(os.path.dirname(MANIFEST), exist_ok=True)
    with open(MANIFEST + ".new", "w", encoding="utf-8") as file:
        json.dump(packages, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(MANIFEST + ".new", MANIFEST)


def resolve(names):
    # Archives left by an installation that was cut off would be missing from the list of what is to be fetched.
    run("apt-get", "clean")
    wanted = {}
    for line in run("apt-get", "install", "--yes", "--no-install-recommends", "--print-uris", *names).splitlines():
        if line.startswith("'"):
            address, file = line.split(" ")[:2]
            name, version = file.split("_")[:2]
            wanted[(name, unquote(version))] = {"uri": address.strip("'"), "file": file}
    if not wanted:
        return []
    # The list of addresses has MD5 or no digest at all; the index has SHA-256.
    for fields in stanzas(run("apt-cache", "show", *[f"{name}={version}" for name, version in wanted])):
        entry = wanted.get((fields.get("Package"), fields.get("Version")))
        if entry is not None and "SHA256" in fields:
            entry.setdefault("sha256", fields["SHA256"])
            entry.setdefault("size", int(fields["Size"]))
    missing = [f"{name} {version}" for (name, version), entry in wanted.items() if "sha256" not in entry]
    if missing:
        sys.exit(f"apt's index has no SHA-256 of {', '.join(missing)}")
    return [{"name": name, "version": version, **entry} for (name, version), entry in wanted.items()]


# An installation whose build was killed may still be at work in the guest; one that was killed itself left packages unpacked.
with open("/var/lib/dpkg/lock-frontend", "w", encoding="ascii") as lock:
    fcntl.lockf(lock, fcntl.LOCK_EX)
run("dpkg", "--configure", "-a")
if not any(name.endswith("Packages") for name in os.listdir("/var/lib/apt/lists")):
    run("apt-get", "update")
to_install = resolve(sys.argv[1:])
manifest = read_manifest()
manifest.update({package["name"]: package for package in to_install})
write_manifest(manifest)
print(json.dumps({"toInstall": to_install, "all": list(manifest.values())}))
