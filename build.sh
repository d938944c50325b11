#!/bin/sh
# Finds the SDK, compiles the build when its sources changed, and hands over all arguments. --engine Nuke|Fallout|Standin chooses the
# build engine; without it the feed is asked once, and the answer kept in .nuke/temp.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
temp=$root/.nuke/temp
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_ROLL_FORWARD=Major

fail() {
    printf 'Could not %s.\n  Saw: %s\n  Try: %s\n' "$1" "$2" "$3" >&2
    exit 1
}

# Takes --engine out of the arguments; the others are left as they are.
asked=
count=$#
while [ "$count" -gt 0 ]; do
    word=$1
    shift
    count=$((count - 1))
    case $word in
        --engine)
            [ "$count" -gt 0 ] || fail 'choose the build engine' '--engine without a name' 'name Nuke, Fallout or Standin.'
            asked=$1
            shift
            count=$((count - 1))
            ;;
        *) set -- "$@" "$word" ;;
    esac
done
case $asked in
    '' | Nuke | Fallout | Standin) ;;
    *) fail 'choose the build engine' "--engine $asked" 'name Nuke, Fallout or Standin.' ;;
esac

find_dotnet() {
    # The SDK that global.json asks for: on the PATH, beside the project, or fetched there with the vendor's own script.
    for candidate in dotnet "$temp/dotnet/dotnet"; do
        if command -v "$candidate" >/dev/null 2>&1 && (cd "$root" && "$candidate" --version >/dev/null 2>&1); then
            command -v "$candidate"
            return
        fi
    done
    script=$temp/dotnet-install.sh
    address=https://dot.net/v1/dotnet-install.sh
    mkdir -p "$temp"
    echo 'Installing the .NET SDK that global.json asks for, beside the project' >&2
    if { curl -fsSL "$address" -o "$script" 2>/dev/null || wget -q "$address" -O "$script" 2>/dev/null; } &&
        bash "$script" --jsonfile "$root/global.json" --install-dir "$temp/dotnet" --no-path >&2; then
        echo "$temp/dotnet/dotnet"
        return
    fi
    fail 'find the .NET SDK that global.json asks for' "no such SDK on the PATH, and $address could not be had" \
        'install the .NET 10 SDK from https://dot.net or your system, and run this again.'
}

# True when the feed gives the package, tried by a restore of an empty project with the project's own configuration.
feed_has() {
    version=$(sed -n "s/.*PackageVersion Include=\"$1\" Version=\"\([^\"]*\)\".*/\1/p" "$root/Directory.Packages.props")
    [ -n "$version" ] || return 1
    probe=$temp/probe-$1
    rm -rf "$probe"
    mkdir -p "$probe"
    cat >"$probe/probe.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="$1" Version="$version" /></ItemGroup>
</Project>
PROJECT
    "$dotnet" restore "$probe" --configfile "$root/nuget.config" -v quiet >/dev/null 2>&1
    has=$?
    rm -rf "$probe"
    return $has
}

choose_engine() {
    if feed_has Nuke.Common; then
        chosen=Nuke
    elif feed_has Fallout.Common; then
        chosen=Fallout
    else
        chosen=Standin
    fi
    echo "Build engine: $chosen, by what the package feed gives; --engine chooses another" >&2
    echo "$chosen"
}

sources() {
    find "$root/build" "$root/src" "$root/Directory.Build.props" "$root/Directory.Packages.props" "$root/global.json" \
        "$root/nuget.config" -type d \( -name bin -o -name obj \) -prune -o -type f "$@" -print
}

# True when no source is newer than the compiled build, and none came or went.
is_current() {
    [ -f "$output/stamp" ] && [ -f "$output/bin/_build.dll" ] &&
        [ -z "$(sources -newer "$output/stamp" | head -n 1)" ] &&
        [ "$(sources | LC_ALL=C sort | cksum)" = "$(cat "$output/stamp")" ]
}

compile() {
    is_current && return
    # The stamp is older than the compilation, so that a change made meanwhile counts.
    rm -f "$output/stamp"
    sources | LC_ALL=C sort | cksum >"$output/stamp.new"
    log=$output/compile.log
    if ! "$dotnet" build "$root/build/_build.csproj" -p:BuildEngine="$engine" -o "$output/bin" --nologo -v quiet \
        -p:UseSharedCompilation=false -nodeReuse:false >"$log" 2>&1; then
        cat "$log" >&2
        fail 'compile the build' 'the errors above' 'correct what they name.'
    fi
    mv "$output/stamp.new" "$output/stamp"
}

engine=$asked
if [ -z "$engine" ] && [ -f "$temp/engine" ]; then
    engine=$(cat "$temp/engine")
fi
output=$temp/build/$engine
if [ -n "$engine" ] && [ -f "$temp/dotnet-path" ] && is_current; then
    dotnet=$(cat "$temp/dotnet-path")
fi
if [ -z "${dotnet:-}" ] || [ ! -x "$dotnet" ]; then
    dotnet=$(find_dotnet)
    mkdir -p "$temp"
    [ -n "$engine" ] || engine=$(choose_engine)
    output=$temp/build/$engine
    mkdir -p "$output"
    # One process compiles, others wait for it; the lock goes with the process that holds it.
    exec 9>"$temp/compile.lock"
    if command -v flock >/dev/null 2>&1; then
        flock 9
    fi
    compile
    exec 9>&-
    echo "$dotnet" >"$temp/dotnet-path"
fi
[ -z "$asked" ] && [ -f "$temp/engine" ] || echo "$engine" >"$temp/engine"
exec "$dotnet" "$output/bin/_build.dll" "$@"
