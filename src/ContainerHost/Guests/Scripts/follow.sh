#!/bin/sh
# Runs the line $1 until it ends or standard input does: the server closes that of a connection which is gone, and signals nobody else's processes.
set -u
exec 3<&0
sh -c "exec $1" </dev/null 3<&- &
command=$!
(
    while read -r _; do :; done <&3
    kill "$command"
) >/dev/null 2>&1 &
watch=$!
wait "$command"
code=$?
kill "$watch" 2>/dev/null
exit "$code"
