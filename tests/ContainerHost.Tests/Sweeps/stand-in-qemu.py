"""Stands in for QEMU: a daemon with its command line, disk, pid file, port and QMP socket; no guest.

STANDIN names a folder: each QMP connection is a line of its file "qmp-calls", and "qmp-fault" has which of them goes wrong, and how.
"""

import json
import os
import signal
import socket
import sys

LIFE_SECONDS = 300
control = os.environ["STANDIN"]
kept = [open("disk.qcow2", "rb")]
with open("serial.log", "a", encoding="utf-8") as console:
    console.write("Linux version 6.1.0\n")
guest = socket.create_server(("127.0.0.1", 0))
monitor = socket.socket(socket.AF_UNIX)
monitor.bind("qmp.sock")
monitor.listen()
if child := os.fork():
    with open("qemu.pid", "w", encoding="ascii") as file:
        file.write(f"{child}\n")
    os._exit(0)
os.setsid()
# A test that is killed leaves nobody behind for long.
signal.alarm(LIFE_SECONDS)
nowhere = os.open(os.devnull, os.O_RDWR)
for number in range(3):
    os.dup2(nowhere, number)


def answer(request):
    command, words = request["execute"], request.get("arguments", {})
    if command == "human-monitor-command":
        # As QEMU 7.2 prints it.
        return (
            "Hub -1 (net0):\r\n  Protocol[State]    FD  Source Address  Port   Dest. Address  Port RecvQ SendQ\r\n"
            f"  TCP[HOST_FORWARD]  12       127.0.0.1 {guest.getsockname()[1]}       10.0.2.15    22     0     0\r\n"
        )
    if command == "query-blockstats":
        return [{"device": "disk0", "stats": {"rd_operations": 1, "wr_operations": 1}}]
    if command == "screendump":
        with open(words["filename"], "wb") as picture:
            picture.write(b"P6\n2 1\n255\n" + bytes(6))
    return {}


def fault_of_this_call():
    with open(f"{control}/qmp-calls", "a+", encoding="ascii") as calls:
        calls.write("call\n")
        calls.seek(0)
        number = len(calls.readlines())
    try:
        with open(f"{control}/qmp-fault", encoding="ascii") as file:
            wanted, kind = file.read().split()
    except (FileNotFoundError, ValueError):
        return None
    return kind if int(wanted) == number else None


def serve(client):
    fault = fault_of_this_call()
    if fault == "Closed":
        return
    if fault == "Died":
        os._exit(1)
    stream = client.makefile("rw", encoding="utf-8", newline="\n")

    def say(text):
        stream.write(text)
        stream.flush()

    say(json.dumps({"QMP": {"version": {"qemu": {"major": 7}}, "capabilities": []}}) + "\n")
    for line in stream:
        request = json.loads(line)
        said = json.dumps({"return": answer(request)}) + "\n"
        if fault is None or request["execute"] == "qmp_capabilities":
            say(said)
        elif fault == "Hangs":
            stream.readline()
            return
        elif fault == "Refuses":
            say(json.dumps({"error": {"class": "GenericError", "desc": "a fault of the test"}}) + "\n")
        elif fault == "Garbage":
            say("a fault of the test\n")
        else:
            say(said[: len(said) // 2])
            return


while True:
    connection, _ = monitor.accept()
    with connection:
        try:
            serve(connection)
        except OSError:
            pass
