#!/bin/sh
# Lets the user who logs in, who may become root anyway, use the engine's socket without sudo, also when the engine is started again.
set -eu

user=$1
unit=$2
socket=$3
case $unit in
docker.service) usermod --append --groups docker "$user" ;;
containerd.service)
    # containerd gives its socket to root's group at each start.
    group=$(id --group --name "$user")
    folder=${ROOT:-}/etc/systemd/system/containerd.service.d
    mkdir -p "$folder"
    printf '[Service]\nExecStartPost=chgrp %s %s\n' "$group" "$socket" >"$folder/containerhost-socket.conf.new"
    if cmp -s "$folder/containerhost-socket.conf.new" "$folder/containerhost-socket.conf"; then
        rm "$folder/containerhost-socket.conf.new"
    else
        mv "$folder/containerhost-socket.conf.new" "$folder/containerhost-socket.conf"
        systemctl daemon-reload
    fi
    chgrp "$group" "$socket"
    ;;
*)
    echo "nothing is known of the socket of $unit" >&2
    exit 3
    ;;
esac
