#!/bin/sh
# Installs containerd and nerdctl from their releases: install-release.sh CONTAINERD-ARCHIVE NERDCTL-ARCHIVE.
set -eu
tar -x -z -f "$1" -C /usr/local --no-same-owner
tar -x -z -f "$2" -C /usr/local/bin --no-same-owner nerdctl
rm -f "$1" "$2"
# What containerd's own unit file sets, as far as containers need it.
cat >/etc/systemd/system/containerd.service <<'UNIT'
[Unit]
Description=containerd container runtime
Documentation=https://containerd.io
After=network.target dbus.service

[Service]
ExecStartPre=-/sbin/modprobe overlay
ExecStart=/usr/local/bin/containerd
Type=notify
Delegate=yes
KillMode=process
Restart=always
RestartSec=5
LimitNOFILE=infinity
TasksMax=infinity
OOMScoreAdjust=-999

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable containerd.service
systemctl restart containerd.service
