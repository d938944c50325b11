#!/usr/bin/python3
"""Runs a container of this guest to its end, as process (the guest's own kernel) or in a virtual machine of its own, and leaves nothing behind."""

import argparse
import contextlib
import json
import os
import pathlib
import re
import secrets
import signal
import socket
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
ROOTS = pathlib.Path("/var/lib/containerhost/roots")
CTR = ["ctr", "--namespace", "containerhost"]
KATA = "io.containerd.kata.v2"
SIGNALS = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
# Seconds that what runs has after a signal.
PATIENCE = 10


class Refused(Exception):
    """What is told in one line, with the exit code of what could not be begun (125, as docker's)."""


def share(text):
    """SRC:DST[:ro]"""
    words = text.split(":")
    if len(words) not in (2, 3) or words[2:] not in ([], ["ro"], ["rw"]) or "," in text:
        raise argparse.ArgumentTypeError(f"'{text}' is not SRC:DST or SRC:DST:ro, without commas")
    source, target = os.path.abspath(words[0]), words[1]
    if not words[0] or not os.path.exists(source):
        raise argparse.ArgumentTypeError(f"there is no '{source}' in this guest")
    if not target.startswith("/") or os.path.normpath(target).strip("/") == "":
        raise argparse.ArgumentTypeError(f"'{target}' is no absolute path of a folder in the container")
    return {"source": source, "target": target, "readOnly": words[2:] == ["ro"]}


def variable(text):
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*=[^\0]*", text, re.DOTALL):
        raise argparse.ArgumentTypeError(f"'{text}' is not NAME=VALUE")
    return text


def name(text):
    # Legal as a name of containerd and docker, of a namespace and of a host.
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{1,62}", text):
        raise argparse.ArgumentTypeError(f"'{text}' is not 2 to 63 letters, digits and hyphens, starting with no hyphen")
    return text


def parse(words):
    parser = argparse.ArgumentParser(prog="containerhost", description="Runs containers of this guest; type it with sudo.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="run|images")
    run = verbs.add_parser(
        "run",
        help="run a container to its end",
        description="Runs a container to its end and removes it. Its output is this command's, and so is its exit code; it reads nothing. An image that is not here is pulled.",
        usage="containerhost run [--vm] [-v SRC:DST[:ro]] [-e NAME=VALUE] [--name NAME] IMAGE [COMMAND...]",
    )
    run.add_argument("--vm", action="store_true", help="in a virtual machine of its own, instead of under this guest's kernel")
    run.add_argument("-v", "--volume", dest="shares", type=share, action="append", default=[], metavar="SRC:DST[:ro]", help="a folder or file of this guest")
    run.add_argument("-e", "--env", dest="variables", type=variable, action="append", default=[], metavar="NAME=VALUE")
    run.add_argument("--name", type=name, default=f"run-{secrets.token_hex(4)}", help="its name and host name; default is one made up")
    run.add_argument("image", metavar="IMAGE", help="as 'containerhost images' tells it, or a registry's whole reference")
    run.add_argument("command", nargs=argparse.REMAINDER, metavar="COMMAND...", help="instead of the image's own")
    verbs.add_parser("images", help="list the images that are here")
    try:
        return parser.parse_args(words)
    except SystemExit as ended:
        # Its own 2 may be a container's.
        sys.exit(125 if ended.code else 0)


def ask(*words):
    """What a program prints; None where it fails."""
    done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else None


def attend(words, output=None):
    """Runs a program to its end, which comes before ours, and returns its exit code; a signal's is counted as a shell counts it."""
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=output)
    try:
        code = process.wait()
        return code if code >= 0 else 128 - code
    finally:
        if process.poll() is None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE)


def require(*words):
    """Has a program do what it must; what it prints is for the user to see, and not the container's."""
    code = attend(words, sys.stderr)
    if code != 0:
        raise Refused(f"'{' '.join(words)}' ended with exit code {code}")


class Containerd:
    def __init__(self, vms):
        self.vms = vms

    def images(self):
        return [*CTR, "images", "list", "--quiet"]

    def config(self, image):
        """The image's configuration (OCI image specification: index, manifest, configuration)."""
        if not self.digest(image):
            require(*CTR, "images", "pull", image)
        manifest = self.content(self.digest(image))
        if manifest.get("manifests"):
            mine = [one for one in manifest["manifests"] if one.get("platform", {}).get("architecture") == "amd64"]
            manifest = self.content((mine or manifest["manifests"])[0]["digest"])
        return self.content(manifest["config"]["digest"]).get("config") or {}

    def digest(self, image):
        listed = ask(*CTR, "images", "list", f"name=={image}")
        if listed is None:
            raise Refused("containerd does not answer; 'systemctl status containerd' tells more")
        return next((word for word in listed.split() if word.startswith("sha256:")), None)

    def content(self, digest):
        text = ask(*CTR, "content", "get", digest or "")
        if text is None:
            raise Refused(f"containerd has no content {digest}; pull the image again")
        return json.loads(text)

    def is_taken(self, known):
        return ask(*CTR, "containers", "info", known) is not None

    def run(self, wish, config, undo):
        namespaces = ["sh", str(FOLDER / "namespaces.sh")]
        undo.callback(require, *namespaces, "remove", wish.name)
        require(*namespaces, "add", wish.name, wish.name)
        mounts = [*wish.shares, {"source": "/run/containerhost/resolv.conf", "target": "/etc/resolv.conf", "readOnly": True}]
        words = [*CTR, "run", "--rm"]
        words += ["--runtime", KATA] if wish.vm else []
        words += ["--with-ns", f"network:/run/netns/{wish.name}", "--with-ns", f"uts:/run/containerhost/uts/{wish.name}"]
        for one in mounts:
            options = "rbind:" + ("ro" if one["readOnly"] else "rw")
            words += ["--mount", f"type=bind,src={one['source']},dst={one['target']},options={options}"]
        for one in wish.variables:
            words += ["--env", one]
        # ctr has a command take the place of the entry point too (oci.WithProcessArgs in its cmd/ctr/commands/run).
        command = [*(config.get("Entrypoint") or []), *wish.command] if wish.command else []
        return attend([*words, "--", wish.image, wish.name, *command])

    def unpack(self, image, root, undo):
        release = [*CTR, "images", "unmount", "--rm", str(root)]
        ask(*release)
        root.mkdir(parents=True, exist_ok=True)
        undo.callback(lambda: os.path.isdir(root) and root.rmdir())
        undo.callback(ask, *release)
        if ask(*CTR, "images", "mount", "--rw", image, str(root)) is None:
            raise Refused(f"containerd cannot mount the image '{image}'")


class Docker:
    def __init__(self, vms):
        self.vms = vms

    def images(self):
        return ["docker", "images", "--format", "{{.Repository}}:{{.Tag}}"]

    def config(self, image):
        inspect = ["docker", "image", "inspect", "--format", "{{json .Config}}", image]
        told = ask(*inspect)
        if told is None:
            require("docker", "pull", image)
            told = ask(*inspect)
        return json.loads(told or "{}") or {}

    def is_taken(self, known):
        return ask("docker", "container", "inspect", known) is not None

    def run(self, wish, _, undo):
        undo.callback(lambda: self.is_taken(wish.name) and ask("docker", "rm", "--force", "--volumes", wish.name))
        words = ["docker", "run", "--rm", "--label", "containerhost", "--name", wish.name, "--hostname", wish.name]
        for one in wish.shares:
            words += ["--mount", f"type=bind,source={one['source']},target={one['target']}{',readonly' if one['readOnly'] else ''}"]
        for one in wish.variables:
            words += ["--env", one]
        return attend([*words, wish.image, *wish.command])

    def unpack(self, image, root, undo):
        undo.callback(ask, "rm", "-rf", str(root))
        require("sh", str(FOLDER / "export-root.sh"), image, str(root))


def installed_runtime():
    known = json.loads((FOLDER / "settings.json").read_text(encoding="utf-8"))
    return {"Containerd": Containerd, "Docker": Docker}[known["runtime"]](known.get("vms"))


def run_in_micro_vm(runtime, wish, config, undo):
    if (config.get("User") or "").split(":")[0] not in ("", "0", "root"):
        raise Refused(f"the image runs as user '{config['User']}', and a micro VM runs everything as root; leave --vm out")
    command = [*(config.get("Entrypoint") or []), *(wish.command or config.get("Cmd") or [])]
    if not command:
        raise Refused(f"the image '{wish.image}' says no command; add one")
    given = {one.split("=", 1)[0] for one in wish.variables}
    root = ROOTS / wish.name
    runtime.unpack(wish.image, root, undo)
    job = {
        "name": wish.name,
        "root": str(root),
        "hostName": wish.name,
        "command": command,
        "environment": [one for one in config.get("Env") or [] if one.split("=", 1)[0] not in given] + wish.variables,
        "workingDirectory": config.get("WorkingDir") or "/",
        "shares": wish.shares,
        "follow": True,
    }
    first = (FOLDER / "init.sh").read_text(encoding="utf-8")
    return attend([sys.executable, str(FOLDER / "micro-vm.py"), json.dumps(job), first])


def run(wish, runtime):
    if wish.vm and runtime.vms is None:
        raise Refused("this host was made for process isolation alone; './build.sh InstallContainers --isolation Both' gives it VMs")
    with socket.socket(socket.AF_UNIX) as held, contextlib.ExitStack() as undo:
        try:
            # A name that is ours until this process ends, however it does (unix(7), abstract sockets).
            held.bind(f"\0containerhost/{wish.name}")
        except OSError:
            raise Refused(f"a container '{wish.name}' runs already; give another --name") from None
        if runtime.is_taken(wish.name):
            raise Refused(f"there is a container '{wish.name}' already; give another --name")
        config = runtime.config(wish.image)
        try:
            if wish.vm and runtime.vms == "MicroVm":
                return run_in_micro_vm(runtime, wish, config, undo)
            return runtime.run(wish, config, undo)
        finally:
            # Nothing interrupts what takes away.
            ignore_signals()


def ignore_signals():
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def end(number, _):
    ignore_signals()
    raise SystemExit(128 + number)


def main():
    wish = parse(sys.argv[1:])
    for known in SIGNALS:
        if signal.getsignal(known) != signal.SIG_IGN:
            signal.signal(known, end)
    try:
        if os.geteuid() != 0:
            raise Refused("this takes root's rights; type 'sudo containerhost ...'")
        runtime = installed_runtime()
        return attend(runtime.images()) if wish.verb == "images" else run(wish, runtime)
    except (Refused, OSError) as refused:
        print(f"containerhost: {refused}", file=sys.stderr)
        return 125


if __name__ == "__main__":
    sys.exit(main())
