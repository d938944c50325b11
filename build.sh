#!/bin/sh
# Finds the SDK, compiles the build when its sources changed, and hands over all arguments. --engine Nuke|Fallout|Standin chooses the
# build engine; without it the feed is asked once, and the answer kept in .nuke/temp.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
temp=$root/.nuke/temp
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_ROLL_FORWARD=Major
# Else NUKE waits for a key on its first run, and sends what it calls telemetry.
export NUKE_TELEMETRY_OPTOUT=1 FALLOUT_TELEMETRY_OPTOUT=1

# Tells it on standard error, and a program that asked for --json on standard output.
fail() {
    printf 'Could not %s.\n  Saw: %s\n  Try: %s\n' "$1" "$2" "$3" >&2
    code=${4:-1}
    if [ -n "$json" ]; then
        printf '{ "exitCode": %s, "attempted": "%s", "saw": "%s", "try": "%s", "problems": [] }\n' \
            "$code" "$(escaped "$1")" "$(escaped "$2")" "$(escaped "$3")"
    fi
    exit "$code"
}

escaped() { printf '%s' "$1" | tr '\n\t' '  ' | sed 's/[\\"]/\\&/g'; }

json=${NUKE_JSON:-}
case $json in [Ff][Aa][Ll][Ss][Ee] | 0) json= ;; esac
locked=
chosen=
# Set where the log and the results go to another folder than the clone.
elsewhere=
# .NET would take the next file it opens for an output that is closed.
true 9>&2 || exec 2>/dev/null
{ true 9<&0; } 2>/dev/null || exec </dev/null
{ true 9>&1; } 2>/dev/null ||
    fail 'tell results' 'standard output is closed' 'leave it open, or send it to /dev/null.' 3
env pwd >/dev/null 2>&1 ||
    fail 'start' 'the current folder is not there any more' 'change to a folder that is there (cd), and run this again.' 3

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
        --json)
            json=1
            set -- "$@" "$word"
            ;;
        --root)
            elsewhere=1
            set -- "$@" "$word"
            ;;
        *) set -- "$@" "$word" ;;
    esac
done
case $asked in
    '' | Nuke | Fallout | Standin) ;;
    *) fail 'choose the build engine' "--engine $asked" 'name Nuke, Fallout or Standin.' ;;
esac

# Refuses what another user has left here, such as whoever ran this through sudo.
require_own() {
    for path; do
        if [ ! -e "$path" ] || [ -w "$path" ]; then
            continue
        fi
        owner=$(stat -c %U -- "$path" 2>/dev/null || stat -f %Su "$path" 2>/dev/null || echo 'somebody else')
        fail 'use this clone' "$path belongs to $owner, and $(id -un) may not write there" \
            "work in a clone of your own; or, where it is to be yours: sudo chown -R $(id -un) \"$root\"" 3
    done
}

# Runs a command, what it prints going to a file, that ends when this script is ended, instead of going on alone with the lock.
run() {
    said=$1
    shift
    "$@" >"$said" 2>&1 &
    child=$!
    # Whoever waits for the lock is told who has it, even when this script is gone.
    [ -z "$locked" ] || echo "$child" >"$temp/compile.lock"
    trap stop HUP INT TERM
    status=0
    wait "$child" || status=$?
    trap - HUP INT TERM
    return "$status"
}

stop() {
    trap '' HUP INT TERM
    # It may have ended just now.
    kill "$child" 2>/dev/null || true
    wait "$child" || true
    [ -z "${copy:-}" ] || rm -rf "$copy"
    fail 'go on' 'somebody ended it before the build was compiled' 'run it again.' 130
}

find_dotnet() {
    # The SDK that global.json asks for: on the PATH, beside the project, or fetched there with the vendor's own script.
    for candidate in dotnet "$temp/dotnet/dotnet"; do
        if command -v "$candidate" >/dev/null 2>&1 && (cd "$root" && "$candidate" --version >/dev/null 2>&1); then
            dotnet=$(command -v "$candidate")
            return
        fi
    done
    script=$temp/dotnet-install.sh
    address=https://builds.dotnet.microsoft.com/dotnet/scripts/v1/dotnet-install.sh
    mkdir -p "$temp"
    echo 'Installing the .NET SDK that global.json asks for, beside the project' >&2
    # Never by http, where a redirection might lead; wget cannot be held to that and follows none.
    if { curl --proto '=https' --proto-redir '=https' -fsSL "$address" -o "$script" 2>/dev/null ||
        wget -q --max-redirect=0 "$address" -O "$script" 2>/dev/null; } &&
        bash "$script" --jsonfile "$root/global.json" --install-dir "$temp/dotnet" --no-path >&2 &&
        (cd "$root" && "$temp/dotnet/dotnet" --version >/dev/null 2>&1); then
        dotnet=$temp/dotnet/dotnet
        return
    fi
    fail 'find the .NET SDK that global.json asks for' "no such SDK on the PATH, and $address could not be had or installed another" \
        'install the .NET 10 SDK from https://dot.net or your system, and run this again.'
}

# MSBuild reads these in paths as something else: feature%2Fx is feature/x to it. Such a clone is compiled in a copy.
is_odd() {
    case $root in
        *[%\'\;\,\*\?\@\$]*) return 0 ;;
        *) return 1 ;;
    esac
}

# True when a plain restore in this folder gets the package: by the sources of this clone, of the folders above it, of the user and of the
# machine, and by what the environment adds.
feed_has() {
    version=$(sed -n "s/.*PackageVersion Include=\"$1\" Version=\"\([^\"]*\)\".*/\1/p" "$root/Directory.Packages.props")
    [ -n "$version" ] || return 1
    place=$temp
    if is_odd; then
        place=$(mktemp -d)
        (cd "$root" && cp Directory.Build.props nuget.config "$place")
    fi
    probe=$place/probe-$1
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
    has=0
    run /dev/null "$dotnet" restore "$probe" -v quiet || has=$?
    rm -rf "$probe"
    [ "$place" = "$temp" ] || rm -rf "$place"
    return $has
}

choose_engine() {
    chosen=1
    if feed_has Nuke.Common; then
        engine=Nuke
    elif feed_has Fallout.Common; then
        engine=Fallout
    else
        engine=Standin
    fi
    if [ "$engine" = Standin ]; then
        echo 'Build engine: the stand-in, since no package source here has NUKE or Fallout; --engine chooses another' >&2
    else
        echo "Build engine: $engine, by what the package sources give; --engine chooses another" >&2
    fi
}

inputs='build src .editorconfig Directory.Build.props Directory.Packages.props global.json nuget.config'

# What the build is made of, by content: clocks differ between machines, and copies keep old times.
fingerprint() {
    # shellcheck disable=SC2086 # These are words.
    (cd "$root" && find $inputs -type d \( -name bin -o -name obj \) -prune -o -type f -exec cksum {} + | LC_ALL=C sort | cksum)
}

is_current() {
    [ -f "$output/stamp" ] && [ -f "$output/bin/_build.dll" ] && [ "$(fingerprint)" = "$(cat "$output/stamp")" ]
}

# One process compiles, others wait for it; the lock goes with the process that holds it.
lock() {
    exec 9>>"$temp/compile.lock"
    command -v flock >/dev/null 2>&1 || return 0
    if ! flock -n 9; then
        echo "Waiting for process $(cat "$temp/compile.lock"), which compiles the build in this clone" >&2
        run /dev/null flock 9
    fi
    locked=1
}

compile() {
    is_current && return
    for folder in "$output" "$output/bin" "$root"/build/obj "$root"/build/standin/obj "$root"/src/*/obj; do
        require_own "$folder"
    done
    rm -f "$output/stamp"
    # Taken before the compilation, so that a change made meanwhile counts.
    fingerprint >"$output/stamp.new"
    from=$root
    copy=
    if is_odd; then
        copy=$(mktemp -d)
        # shellcheck disable=SC2086
        (cd "$root" && tar -cf - --exclude bin --exclude obj $inputs) | tar -xf - -C "$copy"
        from=$copy
    fi
    echo 'Compiling the build, which takes a minute or two' >&2
    log=$output/compile.log
    built=0
    # Not incremental: that goes by the clock.
    run "$log" "$dotnet" build "$from/build/_build.csproj" -p:BuildEngine="$engine" -o "$from/.nuke/temp/build/$engine/bin" --nologo \
        -v quiet --no-incremental -p:UseSharedCompilation=false -nodeReuse:false || built=$?
    if [ -n "$copy" ]; then
        [ "$built" -ne 0 ] || cp -R "$copy/.nuke/temp/build/$engine/bin" "$output/"
        rm -rf "$copy"
    fi
    if [ "$built" -ne 0 ]; then
        cat "$log" >&2
        fail 'compile the build' 'the errors above' 'correct what they name.'
    fi
    mv "$output/stamp.new" "$output/stamp"
}

require_own_temp() {
    if [ -d "$temp" ]; then
        require_own "$temp" "$temp/engine" "$temp/dotnet-path" "$temp/compile.lock"
    else
        require_own "$root/.nuke"
    fi
}

[ -n "$elsewhere" ] || require_own_temp
engine=$asked
if [ -z "$engine" ] && [ -f "$temp/engine" ]; then
    engine=$(cat "$temp/engine")
    # A source that was away, or a lab that has got NUKE since.
    if [ "$engine" = Standin ] && [ -z "$(find "$temp/engine" -mtime -1)" ]; then
        engine=
    fi
fi
output=$temp/build/$engine
if [ -n "$engine" ] && [ -f "$temp/dotnet-path" ] && is_current; then
    dotnet=$(cat "$temp/dotnet-path")
fi
if [ -z "${dotnet:-}" ] || [ ! -x "$dotnet" ]; then
    require_own_temp
    find_dotnet
    mkdir -p "$temp"
    [ -n "$engine" ] || choose_engine
    output=$temp/build/$engine
    mkdir -p "$output"
    lock
    compile
    exec 9>&-
    echo "$dotnet" >"$temp/dotnet-path"
fi
[ -z "$asked$chosen" ] || echo "$engine" >"$temp/engine"
exec "$dotnet" "$output/bin/_build.dll" "$@"
