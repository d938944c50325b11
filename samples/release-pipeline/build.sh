#!/bin/sh
# Compiles the build and hands over all arguments.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
export NUKE_TELEMETRY_OPTOUT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build "$root/build/_build.csproj" --nologo -v quiet -nodeReuse:false -p:UseSharedCompilation=false >&2
exec dotnet "$root/build/bin/Debug/net10.0/_build.dll" "$@"
