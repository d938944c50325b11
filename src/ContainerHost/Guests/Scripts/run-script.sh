#!/bin/sh
# Runs a script of the user's ($1) as a user of the guest ($2) in that user's home, both its outputs on standard output, and removes it. Where bash
# runs it and knows the line that it failed at, standard error tells its exit code and that line.
set -u
script=$1
user=$2
extra=$(mktemp -d "$script.XXXXXX") || exit 125
trap 'rm -rf "$extra" "$script"' EXIT
mkfifo "$extra/output"
case $(head -n 1 "$script") in
'#!'*bash*)
    # Bash reads BASH_ENV before a script (its manual, "Bash Startup Files"). Whatever traps the script sets take the place of these; a command
    # that is told is the one that ended the script: the last that failed, or the call of the function in which it ended. The script may have
    # set -u, for which FUNCNAME is not there outside of functions.
    cat >"$extra/bash" <<'END'
__containerhost_line=${BASH_ENV%/*}/line
unset BASH_ENV
trap '{ __containerhost_at=$LINENO __containerhost_did=$BASH_COMMAND; } 2>/dev/null' ERR
trap '{ set -- $? "$BASH_COMMAND"
if [ -n "${FUNCNAME[1]-}" ]; then echo "$1 line ${BASH_LINENO[-2]}"
elif [ "$2" = "${__containerhost_did-}" ]; then echo "$1 line $__containerhost_at"; fi >"$__containerhost_line"; } 2>/dev/null' EXIT
END
    set -- env BASH_ENV="$extra/bash" "$script"
    ;;
'#!'*) set -- "$script" ;;
*) set -- sh "$script" ;;
esac
# shellcheck disable=SC2016
set -- sh -c 'cd; exec "$@"' sh "$@"
chown -R "$user" "$extra" "$script"
[ "$user" = root ] || set -- sudo -n -H -u "$user" -- "$@"
cat "$extra/output" &
reader=$!
"$@" </dev/null >"$extra/output" 2>&1
code=$?
# What it left running may hold its output for ever.
{
    sleep 2
    kill "$reader"
} >/dev/null 2>&1 &
ending=$!
wait "$reader" 2>/dev/null
kill "$ending" 2>/dev/null
[ "$code" = 0 ] || [ ! -s "$extra/line" ] || cat "$extra/line" >&2
exit "$code"
