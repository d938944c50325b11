"""Looks at files, reads and writes parts of them: find PATH, look PATH, read PATH OFFSET COUNT, part PATH SHA256, write PATH SHA256 OFFSET, place PATH SHA256 MODE,
folder PATH.

What is written comes in the text DATA before this script (base64), into a file beside its place, which gets its name once it is whole."""

import base64
import hashlib
import json
import os
import stat
import sys


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def describe(path, name):
    info = os.stat(path)
    return {"path": name, "size": info.st_size, "mode": stat.S_IMODE(info.st_mode) & 0o777, "sha256": sha256(path)}


def find(path):
    if os.path.isdir(path):
        return "Folder"
    return "File" if os.path.isfile(path) else "Other" if os.path.lexists(path) else "None"


def fail(error):
    raise error


def look(path):
    kind = find(path)
    if kind != "Folder":
        files = [describe(path, os.path.basename(path))] if kind == "File" else []
        return {"kind": kind, "files": files, "folders": [], "others": []}
    found = {"kind": "Folder", "files": [], "folders": [], "others": []}
    # A folder that may not be read must not look empty.
    device = os.stat(path).st_dev
    for folder, names, files in os.walk(path, onerror=fail):
        # What is mounted below, such as /proc, is no part of it.
        mounts = [name for name in names if os.lstat(os.path.join(folder, name)).st_dev != device]
        found["others"] += [os.path.relpath(os.path.join(folder, name), path) for name in mounts]
        names[:] = [name for name in names if name not in mounts]
        for name in sorted(names) + sorted(files):
            whole = os.path.join(folder, name)
            relative = os.path.relpath(whole, path)
            if os.path.islink(whole) or not (os.path.isdir(whole) or os.path.isfile(whole)):
                found["others"].append(relative)
            elif os.path.isdir(whole):
                found["folders"].append(relative)
            elif not (name.startswith(".") and name.endswith(".part")):
                found["files"].append(describe(whole, relative))
    return found


def part(path, digest):
    return os.path.join(os.path.dirname(path), f".{os.path.basename(path)}.{digest[:16]}.part")


def size(path):
    return os.path.getsize(path) if os.path.isfile(path) else 0


def read(path, offset, count):
    with open(path, "rb") as file:
        file.seek(offset)
        return base64.b64encode(file.read(count)).decode()


def write(path, offset, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    # A link that somebody put there is not followed.
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        os.lseek(file, offset, os.SEEK_SET)
        os.truncate(file, offset)
        while data:
            data = data[os.write(file, data) :]
    finally:
        os.close(file)


def place(path, digest, mode):
    whole = part(path, digest)
    if not os.path.exists(whole):
        write(whole, 0, b"")
    if sha256(whole) != digest:
        os.remove(whole)
        return False
    os.chmod(whole, mode)
    os.replace(whole, path)
    return True


def main(action, path, *words):
    if action == "find":
        return find(path)
    if action == "look":
        return look(path)
    if action == "read":
        return read(path, int(words[0]), int(words[1]))
    if action == "part":
        return size(part(path, words[0]))
    if action == "write":
        write(part(path, words[0]), int(words[1]), base64.b64decode(DATA))
        return True
    if action == "place":
        return place(path, words[0], int(words[1]))
    if action == "folder":
        os.makedirs(path, exist_ok=True)
        return True
    raise SystemExit(f"{action} is nothing that is done with files")


try:
    print(json.dumps(main(*sys.argv[1:])))
except (OSError, UnicodeEncodeError) as error:
    raise SystemExit(f"{error}")
