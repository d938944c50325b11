#!/bin/sh
# Sets the clock to $1, in seconds since 1970, where it is more than $2 seconds off; says how many it was ahead.
set -eu
ahead=$(($(date +%s) - $1))
if [ "$ahead" -le "$2" ] && [ "$ahead" -ge "-$2" ]; then
    ahead=0
else
    date --utc --set "@$1" >/dev/null
fi
echo "{\"ahead\":$ahead}"
