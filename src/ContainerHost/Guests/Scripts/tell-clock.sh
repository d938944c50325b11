#!/bin/sh
# Says by how many milliseconds the clock is ahead of $1, in milliseconds since 1970.
set -eu
now=$(date +%s%N) || now=
# Not every date(1) knows nanoseconds.
[ "${#now}" -eq 19 ] || now=$(date +%s)000000000
echo "{\"ahead\":$((now / 1000000 - $1))}"
