"""Makes a proxy and authorities the guest's own: for log-ins, for the services of container runtimes, for the containers that Docker runs.

usage: hand-over.py PROXY NO-PROXY PEM

An empty PROXY or PEM leaves what is there. The places are those that systemd, pam_env and Docker name in their own documents.
"""

import json
import os
import subprocess
import sys

ENVIRONMENT = "/etc/environment"
DOCKER = "/root/.docker/config.json"
AUTHORITIES = "/usr/local/share/ca-certificates/containerhost.crt"
SERVICES = ("containerd", "docker")


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(text)
        os.chmod(path + ".new", mode)
    os.replace(path + ".new", path)


def read(path):
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as file:
        return file.read()


def hand_proxy(proxy, direct):
    values = {"HTTP_PROXY": proxy, "HTTPS_PROXY": proxy, "NO_PROXY": direct}
    both = {**values, **{name.lower(): value for name, value in values.items()}}
    others = [line for line in read(ENVIRONMENT).splitlines() if line.split("=")[0] not in both]
    write(ENVIRONMENT, "\n".join([*others, *(f'{name}="{value}"' for name, value in both.items())]) + "\n")
    # A percent sign is systemd's own, and is written twice.
    lines = [f'Environment="{name}={value}"'.replace("%", "%%") for name, value in values.items()]
    for service in SERVICES:
        write(f"/etc/systemd/system/{service}.service.d/containerhost-proxy.conf", "\n".join(["[Service]", *lines, ""]))
    subprocess.run(["systemctl", "daemon-reload"], check=True)
    docker = json.loads(read(DOCKER) or "{}")
    docker.setdefault("proxies", {})["default"] = {"httpProxy": proxy, "httpsProxy": proxy, "noProxy": direct}
    write(DOCKER, json.dumps(docker, indent=2), 0o600)


def main(proxy, direct, authorities):
    if authorities:
        write(AUTHORITIES, authorities)
        subprocess.run(["update-ca-certificates"], check=True, stdout=subprocess.DEVNULL)
    if proxy:
        hand_proxy(proxy, direct)
    # Those that run already have the old ones.
    subprocess.run(["systemctl", "try-restart", *(f"{service}.service" for service in SERVICES)], check=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
