# Finds the SDK, compiles the build when its sources changed, and hands over all arguments. Works in Windows PowerShell 5.1.
# --engine Nuke|Fallout|Standin chooses the build engine; without it the feed is asked once, and the answer kept in .nuke\temp.
[CmdletBinding()]
param([Parameter(Position = 0, ValueFromRemainingArguments = $true)][string[]]$BuildArguments = @())

$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$temp = Join-Path $root '.nuke\temp'
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_ROLL_FORWARD = 'Major'
# Else NUKE waits for a key on its first run, and sends what it calls telemetry.
$env:NUKE_TELEMETRY_OPTOUT = '1'
$env:FALLOUT_TELEMETRY_OPTOUT = '1'

function Stop-Build([string]$Attempted, [string]$Saw, [string]$Try) {
    [Console]::Error.WriteLine("Could not $Attempted.`n  Saw: $Saw`n  Try: $Try")
    exit 1
}

# Runs a program and hands on both outputs. Windows PowerShell takes what goes to a redirected standard error for an error of its own, which would
# end this script under 'Stop' (PowerShell's issues 3996, 4002).
function Invoke-Program([string]$Program, [string[]]$Words) {
    $ErrorActionPreference = 'Continue'
    & $Program @Words 2>&1
}

function Find-Dotnet {
    $beside = Join-Path $temp 'dotnet\dotnet.exe'
    foreach ($candidate in @('dotnet', $beside)) {
        if (Get-Command $candidate -ErrorAction SilentlyContinue) {
            Push-Location $root
            try { Invoke-Program $candidate @('--version') | Out-Null } finally { Pop-Location }
            if ($LASTEXITCODE -eq 0) { return (Get-Command $candidate).Source }
        }
    }
    $address = 'https://builds.dotnet.microsoft.com/dotnet/scripts/v1/dotnet-install.ps1'
    $script = Join-Path $temp 'dotnet-install.ps1'
    try {
        [Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
        (New-Object Net.WebClient).DownloadFile($address, $script)
        & $script -JSonFile (Join-Path $root 'global.json') -InstallDir (Join-Path $temp 'dotnet') -NoPath | Out-Host
        Push-Location $root
        try { Invoke-Program $beside @('--version') | Out-Null } finally { Pop-Location }
        if ($LASTEXITCODE -ne 0) { throw 'it installed another SDK' }
        return $beside
    }
    catch {
        Stop-Build 'find the .NET SDK that global.json asks for' "no such SDK on the PATH, and $address could not be had: $_" 'install the .NET 10 SDK from https://dot.net, and run this again.'
    }
}

# True when a plain restore in this folder gets the package, by whatever sources count here.
function Test-Feed([string]$Dotnet, [string]$Package) {
    $versions = [xml](Get-Content (Join-Path $root 'Directory.Packages.props') -Raw)
    $entry = $versions.SelectSingleNode("//PackageVersion[@Include='$Package']")
    if ($null -eq $entry) { return $false }
    $probe = Join-Path $temp "probe-$Package"
    New-Item -ItemType Directory -Force $probe | Out-Null
    $project = '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework>' +
        '<ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally></PropertyGroup>' +
        "<ItemGroup><PackageReference Include=`"$Package`" Version=`"$($entry.Version)`" /></ItemGroup></Project>"
    Set-Content (Join-Path $probe 'probe.csproj') $project
    Invoke-Program $Dotnet @('restore', $probe, '-v', 'quiet') | Out-Null
    $has = $LASTEXITCODE -eq 0
    Remove-Item $probe -Recurse -Force
    return $has
}

# The sources by name, size and time, compared for equality: clocks differ between machines.
function Get-Sources {
    $files = @('Directory.Build.props', 'Directory.Packages.props', 'global.json', 'nuget.config') |
        ForEach-Object { Get-Item (Join-Path $root $_) }
    $files += Get-ChildItem (Join-Path $root 'build'), (Join-Path $root 'src') -Recurse -File |
        Where-Object { $_.FullName -notmatch '\\(bin|obj)\\' }
    return $files | ForEach-Object { "$($_.FullName) $($_.Length) $($_.LastWriteTimeUtc.Ticks)" } | Sort-Object
}

function Test-Current([string]$Output) {
    $stamp = Join-Path $Output 'stamp'
    if (-not (Test-Path $stamp) -or -not (Test-Path (Join-Path $Output 'bin\_build.dll'))) { return $false }
    return ((Get-Sources) -join "`n") -eq ((Get-Content $stamp) -join "`n")
}

New-Item -ItemType Directory -Force $temp | Out-Null
$remembered = Join-Path $temp 'engine'
$engine = $null
$handedOn = @()
for ($i = 0; $i -lt $BuildArguments.Count; $i++) {
    if ($BuildArguments[$i] -eq '--engine') {
        $i++
        $engine = $BuildArguments[$i]
        if (@('Nuke', 'Fallout', 'Standin') -notcontains $engine) {
            Stop-Build 'choose the build engine' "--engine $engine" 'name Nuke, Fallout or Standin.'
        }
    }
    else { $handedOn += $BuildArguments[$i] }
}
$dotnet = Find-Dotnet
if (-not $engine -and (Test-Path $remembered)) {
    $engine = (Get-Content $remembered).Trim()
    # A source that was away, or a lab that has got NUKE since.
    if ($engine -eq 'Standin' -and (Get-Item $remembered).LastWriteTime -lt (Get-Date).AddDays(-1)) { $engine = $null }
}
if (-not $engine) {
    $engine = 'Standin'
    if (Test-Feed $dotnet 'Nuke.Common') { $engine = 'Nuke' }
    elseif (Test-Feed $dotnet 'Fallout.Common') { $engine = 'Fallout' }
    if ($engine -eq 'Standin') {
        [Console]::Error.WriteLine('Build engine: the stand-in, since no package source here has NUKE or Fallout; --engine chooses another')
    }
    else { [Console]::Error.WriteLine("Build engine: $engine, by what the package sources give; --engine chooses another") }
}
Set-Content $remembered $engine
$output = Join-Path $temp "build\$engine"
New-Item -ItemType Directory -Force $output | Out-Null
if (-not (Test-Current $output)) {
    # Taken before the compilation, so that a change made meanwhile counts.
    $newStamp = Join-Path $output 'stamp.new'
    Get-Sources | Set-Content $newStamp
    $from = $root
    # MSBuild reads these in paths as something else: feature%2Fx is feature\x to it.
    if ($root -match '[%'';,@$]') {
        $from = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid().ToString('n'))
        New-Item -ItemType Directory $from | Out-Null
        foreach ($part in @('build', 'src', '.editorconfig', 'Directory.Build.props', 'Directory.Packages.props', 'global.json', 'nuget.config')) {
            Copy-Item (Join-Path $root $part) $from -Recurse
        }
        Get-ChildItem $from -Recurse -Directory | Where-Object { @('bin', 'obj') -contains $_.Name } | Remove-Item -Recurse -Force
    }
    $bin = Join-Path $from ".nuke\temp\build\$engine\bin"
    # Not incremental: that goes by the clock.
    $log = Invoke-Program $dotnet @(
        'build', (Join-Path $from 'build\_build.csproj'), "-p:BuildEngine=$engine", '-o', $bin, '--nologo', '-v', 'quiet', '--no-incremental')
    $built = $LASTEXITCODE
    if ($from -ne $root) {
        if ($built -eq 0) { Copy-Item $bin $output -Recurse -Force }
        Remove-Item $from -Recurse -Force
    }
    if ($built -ne 0) {
        $log | ForEach-Object { [Console]::Error.WriteLine($_) }
        Stop-Build 'compile the build' 'the errors above' 'correct what they name.'
    }
    Move-Item $newStamp (Join-Path $output 'stamp') -Force
}
& $dotnet (Join-Path $output 'bin\_build.dll') @handedOn
exit $LASTEXITCODE
