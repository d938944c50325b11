"""Prints as JSON what apt would install, and what was put in before, each with origin and SHA-256.

usage: resolve-packages.py SECONDS-FOR-THE-LOCK SETTINGS PACKAGE...

The settings are a file for apt, as apt.conf(5) has them, beside those that it has; they have a password, and go.

A name may say from which release of which distribution on it is needed: netavark|debian 13|ubuntu 24.04.
"""

import fcntl
import json
import os
import re
import subprocess
import sys
import time
from urllib.parse import unquote

# Nobody is there to be asked.
os.environ.update(LC_ALL="C", DEBIAN_FRONTEND="noninteractive")

MANIFEST = "/var/lib/containerhost/packages.json"
LISTS = "/var/lib/apt/lists"
OS_RELEASE = "/etc/os-release"
LOCK = "/var/lib/dpkg/lock-frontend"
DAY_SECONDS = 24 * 60 * 60

# What apt could not fetch though it did not fail: the reason of what fails later.
warnings = []


def run(*words):
    result = subprocess.run(words, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        sys.exit("\n".join([f"{' '.join(words)}: {result.stderr.strip()}", *warnings]))
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
        # Every user may read it, and a mirror's address may have a password.
        json.dump({name: {**one, "uri": re.sub(r"//[^/@]*@", "//", one["uri"])} for name, one in packages.items()}, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(MANIFEST + ".new", MANIFEST)


def version(text):
    return [int(number) for number in text.split(".") if number.isdigit()]


def release_here():
    with open(OS_RELEASE, encoding="utf-8") as file:
        return dict(line.strip().replace('"', "").split("=", 1) for line in file if "=" in line)


def needed(names, release):
    for name in names:
        package, *since = name.split("|")
        rows = dict(row.split() for row in since)
        first = rows.get(release.get("ID"))
        # A release without a number is the one to come.
        here = version(release.get("VERSION_ID", "999"))
        if not since or (first and here >= version(first)) or (not first and has(package)):
            yield package


def has(package):
    # Of a package that others only provide it tells nothing, and succeeds.
    return subprocess.run(["apt-cache", "show", package], capture_output=True, check=False).stdout.strip() != b""


def holder():
    try:
        with open("/proc/locks", encoding="ascii") as locks:
            rows = [line.split() for line in locks if "->" not in line]
        pid = next(fields[4] for fields in rows if fields[5].split(":")[-1] == str(os.stat(LOCK).st_ino))
        with open(f"/proc/{pid}/cmdline", encoding="utf-8", errors="replace") as file:
            return f"process {pid} ({file.read().replace(chr(0), ' ').strip()[:80]})"
    except (OSError, StopIteration):
        return "a process that is gone"


def take_lock(file, seconds):
    until = time.monotonic() + seconds
    while True:
        try:
            return fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() > until:
                sys.exit(f"{holder()} holds dpkg's lock since {seconds} s; end it, and run the target again")
            time.sleep(1)


def lists_are_old():
    if not any("_Packages" in name for name in os.listdir(LISTS)):
        return True
    # Our own image has the lists that its packages came from; a vendor's may be of any age. The lists have the archive's times, the
    # folder has that of the last update.
    ours = os.path.exists("/etc/dpkg/dpkg.cfg.d/containerhost")
    return not ours and time.time() - os.stat(LISTS).st_mtime > DAY_SECONDS


def update(seconds, settings):
    # What apt reads by -c counts more than the guest's own files; the environment would count for places that it lists.
    for name in ("no_proxy", "NO_PROXY"):
        os.environ.pop(name, None)
    fetch_lists(seconds, ["apt-get", "-c", settings, "update"])


def fetch_lists(seconds, words):
    until = time.monotonic() + seconds
    while True:
        result = subprocess.run(words, capture_output=True, text=True, check=False)
        if result.returncode == 0:
            warnings.extend(line for line in result.stderr.splitlines() if line.startswith(("W:", "E:")))
            return
        # Of the lists' lock apt has no option to wait for.
        if "Could not get lock" not in result.stderr or time.monotonic() > until:
            sys.exit(f"apt-get update: {result.stderr.strip()}")
        time.sleep(2)


def at_mirror(address):
    """The address at the first mirror of a list, by which vendors' images name theirs (apt-transport-mirror(1)); others as they are."""
    prefix, _, path = address.partition("+file:")
    if prefix != "mirror":
        return address
    parts = path.split("/")
    for end in range(len(parts), 0, -1):
        list_of_mirrors = unquote("/".join(parts[:end]))
        if os.path.isfile(list_of_mirrors):
            with open(list_of_mirrors, encoding="utf-8") as file:
                rows = [line.split() for line in file if line.strip() and not line.startswith("#")]
            rows.sort(key=lambda row: next((int(word[9:]) for word in row if word.startswith("priority:")), sys.maxsize))
            return "/".join([rows[0][0].rstrip("/"), *parts[end:]]) if rows else address
    return address


def resolve(names):
    # Archives left by an installation that was cut off would be missing from the list of what is to be fetched.
    run("apt-get", "clean")
    wanted = {}
    for line in run("apt-get", "install", "--yes", "--no-install-recommends", "--print-uris", *names).splitlines():
        if line.startswith("'"):
            address, file = line.split(" ")[:2]
            name, version = file.split("_")[:2]
            wanted[(name, unquote(version))] = {"uri": at_mirror(address.strip("'")), "file": file}
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
    # From a disc, a folder or by a way of apt's own nobody else can fetch them.
    if any(not entry["uri"].startswith(("http:", "https:")) for entry in wanted.values()):
        run("apt-get", "install", "--yes", "--no-install-recommends", "--download-only", *names)
    return [{"name": name, "version": version, **entry} for (name, version), entry in wanted.items()]


def main(seconds, settings, names):
    # An installation whose build was killed may still be at work in the guest; one that was killed itself left packages unpacked.
    with open(LOCK, "w", encoding="ascii") as lock:
        take_lock(lock, seconds)
    run("dpkg", "--configure", "-a")
    if lists_are_old():
        update(seconds, settings)
    here = list(needed(names, release_here()))
    to_install = resolve(here)
    manifest = read_manifest()
    manifest.update({package["name"]: package for package in to_install})
    write_manifest(manifest)
    print(json.dumps({"names": here, "toInstall": to_install, "all": list(manifest.values())}))


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
    finally:
        os.remove(sys.argv[2])
