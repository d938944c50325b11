"""Puts the command containerhost into this guest: install-command.py FILES, a JSON object of texts by name; what is there already stays so."""

import json
import os
import pathlib
import sys

FOLDER = pathlib.Path("/usr/local/lib/containerhost")
COMMAND = pathlib.Path("/usr/local/bin/containerhost")
PROGRAM = "containerhost.py"


def replace(path, make):
    """Whole or not at all: the old one may be running."""
    partial = path.with_name(path.name + ".new")
    partial.unlink(missing_ok=True)
    make(partial)
    partial.rename(path)


def install(files, folder=FOLDER, command=COMMAND):
    folder.mkdir(parents=True, exist_ok=True)
    command.parent.mkdir(parents=True, exist_ok=True)
    # What it runs comes before what runs it.
    for name in sorted(files, key=lambda name: name == PROGRAM):
        path, mode = folder / name, 0o755 if name == PROGRAM else 0o644
        if not path.is_file() or path.read_text(encoding="utf-8") != files[name]:
            replace(path, lambda partial, text=files[name]: partial.write_text(text, encoding="utf-8"))
        path.chmod(mode)
    if not command.is_symlink() or os.readlink(command) != str(folder / PROGRAM):
        replace(command, lambda partial: partial.symlink_to(folder / PROGRAM))


if __name__ == "__main__":
    # What root runs must not depend on who may write where by default.
    os.umask(0o022)
    install(json.loads(sys.argv[1]))
