"""Runs one container in a VM of its own: a micro VM (QEMU's microvm machine) under this guest's KVM, with this guest's kernel.

The argument is a JSON object: name, root (a mounted root file system), hostName, command, environment ("NAME=value"), workingDirectory,
shares (source, target, readOnly), timeLimitSeconds, and probe (port, path, seconds) where a server in it is asked until it answers, by the
functions of probe-http.py in the third argument. Prints a JSON object: exitCode, output, error, console, and probe (status, text). With follow
it has no limit of time, hands on what the command prints as it comes, and ends with the command's exit code; 125 where there is none.
"""

import contextlib
import ctypes
import functools
import hashlib
import io
import json
import os
import pathlib
import shlex
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time

STATE = pathlib.Path("/var/lib/containerhost/micro-vm")
RUN = pathlib.Path("/run/containerhost")
MODULES = ["virtio_mmio", "virtio_net", "fuse", "virtiofs"]
CLONE_NEWNS = 0x20000
BOOT_SECONDS = 90
TELLING = ["Kernel panic", "Oops: ", "BUG: ", "general protection", "invalid opcode", "qemu-system-x86_64:"]
MEMORY = "256M"
SIGNALS = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
LONGEST_TEXT = 4 * 1024 * 1024


def run(*words):
    result = subprocess.run(words, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        sys.exit(f"{shlex.join(words)}: {result.stderr.strip() or result.stdout.strip()}")
    return result.stdout


def private_mounts():
    """Mounts made from here on vanish with this process, however it ends."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNS) != 0:
        sys.exit(f"unshare: {os.strerror(ctypes.get_errno())}")
    run("mount", "--make-rprivate", "/")


def module_files(release):
    files = []
    for module in MODULES:
        for line in run("modprobe", "--set-version", release, "--show-depends", module).splitlines():
            if line.startswith("insmod ") and line.split()[1] not in files:
                files.append(line.split()[1])
    return files


def initial_ram_disk(release, init):
    """busybox, the modules that the kernel lacks and the first process; made once for each kernel and init."""
    path = STATE / f"initrd-{release}-{hashlib.sha256(init.encode()).hexdigest()[:8]}"
    if path.exists():
        return path
    STATE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=STATE) as folder:
        tree = pathlib.Path(folder)
        for name in ["bin", "dev", "modules", "proc", "sys", "tree"]:
            (tree / name).mkdir()
        shutil.copy("/bin/busybox", tree / "bin/busybox")
        order = []
        for file in module_files(release):
            shutil.copy(file, tree / "modules")
            order.append(os.path.basename(file))
        (tree / "modules/order").write_text("\n".join(order) + "\n")
        (tree / "init").write_text(init)
        (tree / "init").chmod(0o755)
        names = "\n".join(str(file.relative_to(tree)) for file in tree.rglob("*"))
        archive = subprocess.run(
            ["cpio", "--quiet", "-o", "-H", "newc"], input=names.encode(), cwd=tree, capture_output=True, check=True
        )
        (tree / "made").write_bytes(archive.stdout)
        os.replace(tree / "made", path)
    for old in STATE.glob("initrd-*"):
        if old != path:
            old.unlink(missing_ok=True)
    return path


def within(root, path):
    """Where a path of the container is in its root: a link in an image leads nowhere out of that."""
    resolved, left, links = [], path.split("/")[::-1], 0
    while left:
        part = left.pop()
        if part == "..":
            resolved = resolved[:-1]
        elif part not in ("", "."):
            here = pathlib.Path(root, *resolved, part)
            if not here.is_symlink():
                resolved.append(part)
                continue
            links += 1
            if links > 40:
                sys.exit(f"{path}: too many links in the image")
            target = os.readlink(here)
            resolved = [] if target.startswith("/") else resolved
            left += target.split("/")[::-1]
    return pathlib.Path(root, *resolved)


def find_program(root, name, environment):
    """The program's path in the container, looked up as execvp(3) does; the launcher's own tools must not take its place."""
    if "/" in name:
        return name
    search = next((entry[5:] for entry in environment if entry.startswith("PATH=")), "/usr/local/bin:/usr/bin:/bin:/sbin")
    for folder in search.split(":"):
        if os.path.lexists(within(root, folder) / name):
            return os.path.join(folder, name)
    return f"/{name}"


def unmount(root):
    while os.path.ismount(root):
        if subprocess.run(["umount", "--recursive", str(root)], capture_output=True, check=False).returncode != 0:
            return False
    return True


def write_job(folder, job):
    command = job["command"]
    program = find_program(job["root"], command[0], job["environment"])
    lines = ["export " + shlex.quote(entry) for entry in job["environment"]]
    lines.append("cd " + shlex.quote(job["workingDirectory"] or "/") + " || exit 127")
    lines.append("exec " + shlex.join([program, *command[1:]]))
    (folder / "job").write_text("\n".join(lines) + "\n")
    (folder / "hostname").write_text(job["hostName"] + "\n")
    if job.get("follow"):
        (folder / "quiet").touch()


def build_tree(tree, job):
    root = tree / "root"
    for folder in [root, tree / "job"]:
        folder.mkdir()
    run("mount", "--bind", job["root"], str(root))
    for name in ["proc", "sys", "dev", "tmp", "etc"]:
        within(root, name).mkdir(parents=True, exist_ok=True)
    names = within(root, "etc") / "resolv.conf"
    names.unlink(missing_ok=True)
    with names.open("x", encoding="utf-8") as file:
        file.write("nameserver 10.0.2.3\n")
    for share in job["shares"]:
        target = within(root, share["target"])
        if os.path.isdir(share["source"]):
            target.mkdir(parents=True, exist_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.touch()
        run("mount", "--bind", share["source"], str(target))
        if share["readOnly"]:
            run("mount", "-o", "remount,bind,ro", str(target))
    write_job(tree / "job", job)


@functools.cache
def is_emulated():
    return subprocess.run(["systemd-detect-virt"], capture_output=True, text=True, check=False).stdout.strip() == "qemu"


def off_first_processor():
    """The words before a program that keep it off the first processor of a guest that is itself emulated (docs/adr/0022); none elsewhere."""
    others = os.sched_getaffinity(0) - {0}
    return ["taskset", "--cpu-list", ",".join(map(str, sorted(others)))] if others and is_emulated() else []


def machine(release, ram_disk, files, forward):
    return [
        *off_first_processor(),
        "qemu-system-x86_64", "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none",
        # vhost-user needs virtio 1.0; the microvm machine offers the legacy kind unless told (virtio-mmio.force-legacy).
        "-M", "microvm,rtc=off,memory-backend=memory", "-global", "virtio-mmio.force-legacy=false", "-accel", "kvm", "-cpu", "host", "-smp", "1", "-m", MEMORY,
        "-object", f"memory-backend-memfd,id=memory,size={MEMORY},share=on",
        "-kernel", f"/boot/vmlinuz-{release}", "-initrd", str(ram_disk),
        "-append", "console=ttyS0 quiet panic=-1 reboot=t tsc=reliable",
        "-serial", "stdio",
        "-chardev", f"socket,id=tree,path={files}", "-device", "vhost-user-fs-device,chardev=tree,tag=tree",
        "-netdev", f"user,id=net{forward}", "-device", "virtio-net-device,netdev=net",
    ]  # fmt: skip


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def hand_on(left, name, offset, target):
    """Hands on what the job wrote to that file behind the offset, and returns the new one."""
    with open_answer(left, name) as stream:
        stream.seek(offset)
        shutil.copyfileobj(stream, target)
        target.flush()
        return stream.tell()


def ask(process, job, port):
    asking = {"__name__": "asking"}
    exec(sys.argv[3], asking)  # pylint: disable=exec-used
    probe = job["probe"]
    probe["answer"] = asking["ask"]("127.0.0.1", port, probe["path"], probe["seconds"], lambda: process.poll() is None)


def follow(process, left):
    """Hands on what the job prints until its machine ends."""
    outputs = {"stdout": sys.stdout.buffer, "stderr": sys.stderr.buffer}
    offsets = dict.fromkeys(outputs, 0)
    runs = True
    while runs:
        # Asked first, so that nothing is written after the last look.
        runs = process.poll() is None
        for name, target in outputs.items():
            offsets[name] = hand_on(left, name, offsets[name], target)
        time.sleep(0.1 if runs else 0)


@contextlib.contextmanager
def running(words, output):
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT) as process:
        try:
            yield process
        finally:
            process.kill()


@contextlib.contextmanager
def sharing(folder):
    """Serves the machine's files, until that ends."""
    options = ["--shared-dir", f"{folder}/tree", "--cache", "auto"]
    program = "/usr/libexec/virtiofsd"
    if not os.path.exists(program):
        # The one that QEMU brought up to release 7.2.
        program, options = "/usr/lib/qemu/virtiofsd", ["-o", f"source={folder}/tree", "-o", "cache=auto"]
    # A name for each: the server before has a process of its own that ends later, and holds a lock beside its socket.
    files, log = pathlib.Path(tempfile.mkdtemp(dir=folder)) / "virtiofs.sock", folder / "virtiofsd.log"
    with log.open("a", encoding="utf-8") as output, running([program, f"--socket-path={files}", *options], output) as server:
        while not files.exists():
            if server.poll() is not None:
                fail(folder, f"has no files: virtiofsd ended with exit code {server.returncode}")
            time.sleep(0.05)
        yield files


def has_begun(left):
    """Whether the machine came as far as its job."""
    try:
        os.stat("begun", dir_fd=left, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def begins(process, left, deadline):
    while True:
        # Asked first, so that what begins and ends at once is not missed.
        runs = process.poll() is None and time.monotonic() < deadline
        if has_begun(left) or not runs:
            return has_begun(left)
        time.sleep(0.1)


def attend(folder, process, job, port, left, deadline):
    if job.get("probe"):
        ask(process, job, port)
    elif job.get("follow"):
        follow(process, left)
    else:
        try:
            process.wait(deadline - time.monotonic())
        except subprocess.TimeoutExpired:
            fail(folder, f"did not end within {job['timeLimitSeconds']} s")


def run_machine(folder, job, init, left):
    release = os.uname().release
    ram_disk = initial_ram_disk(release, init)
    probe = job.get("probe")
    deadline = time.monotonic() + job.get("timeLimitSeconds", float("inf"))
    problem = ""
    # An emulated guest's machine may panic or stop while it boots (docs/adr/0022). It boots once more, if nothing of the job has run.
    for is_last in [False, True] if is_emulated() else [True]:
        port = free_port() if probe else 0
        forward = f",hostfwd=tcp:127.0.0.1:{port}-:{probe['port']}" if probe else ""
        with (folder / "console").open("ab") as console:
            with sharing(folder) as files, running(machine(release, ram_disk, files, forward), console) as process:
                if begins(process, left, deadline if is_last else time.monotonic() + BOOT_SECONDS):
                    attend(folder, process, job, port, left, deadline)
                    return
                problem = "did not come to its command" if process.poll() is None else "ended before its command"
            console.write(f"\nmicro VM: {problem}\n".encode())
        if has_begun(left):
            break
    if not probe:
        fail(folder, problem)
    probe["answer"] = {"status": 0, "text": f"the micro VM {problem}"}


def fail(folder, what):
    """Ends with the console, and what of it tells most at the end, which is what is looked at first."""
    console = console_of(folder)
    telling = [line for line in console.splitlines() if any(word in line for word in TELLING)]
    sys.exit("\n".join([console, text(folder / "virtiofsd.log"), *telling[-1:], f"the micro VM {what}"]))


def console_of(folder):
    return text(folder / "console").replace("\r", "")


def text(path):
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def open_answer(folder, name):
    """The file of that name that the job left; the machine shares the folder and may have left anything else there."""
    try:
        file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except FileNotFoundError:
        return io.BytesIO()
    except OSError as refused:
        sys.exit(f"the micro VM left no plain file as {name}: {refused.strerror}")
    if not stat.S_ISREG(os.fstat(file).st_mode):
        sys.exit(f"the micro VM left no plain file as {name}")
    return open(file, "rb")


def answer_of(folder, name):
    with open_answer(folder, name) as stream:
        return stream.read(LONGEST_TEXT).decode(errors="replace")


def code_of(word):
    if word and not (word.isascii() and word.isdecimal() and len(word) < 4):
        sys.exit(f"the micro VM left no exit code, but '{word[:80]}'")
    return int(word or 0)


def main():
    job = json.loads(sys.argv[1])
    private_mounts()
    RUN.mkdir(parents=True, exist_ok=True)
    folder = pathlib.Path(tempfile.mkdtemp(dir=RUN))
    tree = folder / "tree"
    tree.mkdir()
    try:
        build_tree(tree, job)
        left = os.open(tree / "job", os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        run_machine(folder, job, sys.argv[2], left)
        code = answer_of(left, "exit").strip()
        if job.get("follow") and code:
            sys.exit(code_of(code))
        answer = {"output": answer_of(left, "stdout"), "error": answer_of(left, "stderr"), "console": console_of(folder)}
        if job.get("probe"):
            answer["probe"] = job["probe"]["answer"]
        elif not code:
            fail(folder, "ended before its command did")
        print(json.dumps({"exitCode": code_of(code), **answer}))
    finally:
        ignore_signals()
        # Nothing may be removed through a bind mount: where one cannot be undone, the folder stays until the next boot.
        if unmount(tree / "root"):
            shutil.rmtree(folder)


def ignore_signals():
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def end(number, _):
    """Ends as any other end, which takes all away."""
    ignore_signals()
    sys.exit(128 + number)


if __name__ == "__main__":
    for known in SIGNALS:
        if signal.getsignal(known) != signal.SIG_IGN:
            signal.signal(known, end)
    try:
        main()
    except BrokenPipeError:
        # Nobody reads any more, as behind "| head".
        os._exit(128 + signal.SIGPIPE)
    except SystemExit as ended:
        if not isinstance(ended.code, str):
            raise
        print(ended.code, file=sys.stderr)
        sys.exit(125)
