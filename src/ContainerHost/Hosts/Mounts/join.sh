#!/bin/bash
# Joins a server and a client of SFTP, each a command, by pipes: join.sh LOG PASSWD COUNT SERVER... CLIENT..., COUNT being the words of the server. What bash becomes is
# the client: when it ends, the kernel ends the server, which bubblewrap has follow its parent; when the server ends, the client reads the end of its standard input.
# bash is in every Debian (Essential); sh has no coprocess.
log=$1 passwd=$2 count=$3
shift 3
exec </dev/null >/dev/null 2>"$log"
coproc { exec "${@:1:count}" 9<<<"$passwd"; }
# What the client logs comes from a guest: where that is more than 64 KiB, SIGXFSZ ends both.
ulimit -f 64
exec "${@:count+1}" <&"${COPROC[0]}" >&"${COPROC[1]}"
