#!/bin/sh
# Mounts of folders of another machine, by sshfs(1): mount.sh ACTION PATH SOURCE USER, SOURCE being what the kernel lists the mount by.
#   there    succeeds while it is there
#   ready    succeeds where sshfs is installed
#   prepare  takes away what an earlier connection left, makes the path, and prints what the user is and the options for sshfs
#   end      takes it away, written out first; from those that use it still, too
#   forget   takes it away where its other end is gone
set -eu
action=$1
path=$2
source=$3
user=$4

# One at the path, by the begin of its source: others may have bound it elsewhere. Spaces are written \040 (proc_pid_mountinfo(5)).
is_there() {
    awk -v path="$path" -v source="${1:-$source }" '
        { at = $5; gsub(/\\040/, " ", at) }
        at == path && index($0, " - fuse.sshfs " source) { found = 1 }
        END { exit !found }' "${ROOT:-}/proc/self/mountinfo"
}

# One whose other end is gone would have whoever looks at the path wait: --force ends its connection first (umount(2), MNT_FORCE).
drop() {
    while is_there "$@"; do
        umount --internal-only --no-canonicalize --force --lazy "$path"
    done
}

case $action in
there) is_there ;;
forget) drop ;;
ready) command -v sshfs >/dev/null ;;
prepare)
    drop containerhost-
    [ -e /dev/fuse ] || modprobe fuse
    mkdir -p "$path"
    # By contain_symlinks newer ones refuse every link with '..'; the folder's owner is who made the guest, and is trusted.
    links=
    if sshfs --help 2>&1 | grep -q no_contain_symlinks; then links=,no_contain_symlinks; fi
    echo "$(id -u "$user") $(id -g "$user") slave$links"
    ;;
end)
    if is_there; then umount "$path" 2>/dev/null || drop; fi
    ;;
*)
    echo "mount.sh knows no '$action'" >&2
    exit 2
    ;;
esac
