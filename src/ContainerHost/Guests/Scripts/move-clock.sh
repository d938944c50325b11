#!/bin/sh
# Sets the clock on by $1 milliseconds and back by $2, to the nearest second: every date(1) takes those.
set -eu
now=$(date +%s%N) || now=
[ "${#now}" -eq 19 ] || now=$(date +%s)000000000
date --utc --set "@$(((now / 1000000 + $1 - $2 + 500) / 1000))" >/dev/null
