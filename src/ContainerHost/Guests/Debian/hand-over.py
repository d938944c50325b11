"""Makes a proxy and authorities the guest's own: for log-ins, for the services of container runtimes, for the containers that Docker runs.

usage: hand-over.py FILE

The file has a JSON object with "proxy" (empty to leave it, "none" to take it away), "direct" (what is reached without it) and "authorities" (a list
of certificates as PEM); it goes, for it may have a password. The places are those that systemd, pam_env and Docker name in their own documents.
"""

import glob
import json
import os
import shutil
import subprocess
import sys

ENVIRONMENT = "/etc/environment"
DOCKER = "/root/.docker/config.json"
AUTHORITIES = "/usr/local/share/ca-certificates"
UNITS = "/etc/systemd/system"
SERVICES = ("containerd", "docker")


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".new", "w", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        file.write(text)
    os.replace(path + ".new", path)


def read(path):
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as file:
        return file.read()


def hand_proxy(proxy, direct):
    values = {"HTTP_PROXY": proxy, "HTTPS_PROXY": proxy, "NO_PROXY": direct} if proxy else {}
    both = {**values, **{name.lower(): value for name, value in values.items()}}
    ours = ("http_proxy", "https_proxy", "no_proxy")
    others = [line for line in read(ENVIRONMENT).splitlines() if line.split("=")[0].lower() not in ours]
    write(ENVIRONMENT, "".join(line + "\n" for line in [*others, *(f'{name}="{value}"' for name, value in both.items())]))
    # A percent sign is systemd's own, and is written twice.
    lines = [f'Environment="{name}={value}"'.replace("%", "%%") for name, value in values.items()]
    for service in SERVICES:
        write(f"{UNITS}/{service}.service.d/containerhost-proxy.conf", "\n".join(["[Service]", *lines, ""]), 0o600)
    subprocess.run(["systemctl", "daemon-reload"], check=True)
    try:
        docker = json.loads(read(DOCKER) or "{}")
    except ValueError as wrong:
        sys.exit(f"{DOCKER} is no JSON: {wrong}")
    proxies = docker.setdefault("proxies", {})
    proxies.pop("default", None)
    if proxy:
        proxies["default"] = {"httpProxy": proxy, "httpsProxy": proxy, "noProxy": direct}
    write(DOCKER, json.dumps(docker, indent=2), 0o600)


def hand_authorities(certificates):
    if not shutil.which("update-ca-certificates"):
        sys.exit("there is no update-ca-certificates: the image lacks the package ca-certificates, which --ca-file needs")
    for old in glob.glob(f"{AUTHORITIES}/containerhost-*.crt"):
        os.remove(old)
    # OpenSSL finds a certificate by a link to its file, which takes one in each.
    for number, certificate in enumerate(certificates):
        write(f"{AUTHORITIES}/containerhost-{number}.crt", certificate)
    subprocess.run(["update-ca-certificates"], check=True, stdout=subprocess.DEVNULL)


def main(path):
    network = json.loads(read(path))
    os.remove(path)
    if network["authorities"]:
        hand_authorities(network["authorities"])
    if network["proxy"]:
        hand_proxy("" if network["proxy"] == "none" else network["proxy"], network["direct"])
    # Those that run already have the old ones.
    subprocess.run(["systemctl", "try-restart", *(f"{service}.service" for service in SERVICES)], check=False)


if __name__ == "__main__":
    main(sys.argv[1])
