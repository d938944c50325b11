# Puts the programs of an archive (.zip) into a folder below the program files, once for each archive, and removes it. Services that may hold
# the old programs are stopped first; who calls starts them again.
param([string] $Archive, [string] $Target, [string] $Below, [string] $Services)
Set-StrictMode -Version 3.0
$folder = Join-Path $env:ProgramFiles $Target
$stamp = Join-Path $folder "$([System.IO.Path]::GetFileNameWithoutExtension($Archive)).installed"
if (-not (Test-Path -LiteralPath $stamp)) {
    foreach ($name in $Services.Split(',')) {
        if (Get-Service -Name $name -ErrorAction SilentlyContinue) { Stop-Service -Name $name -Force }
    }
    $temporary = "$Archive.folder"
    if (Test-Path -LiteralPath $temporary) { Remove-Item -LiteralPath $temporary -Recurse -Force }
    Expand-Archive -LiteralPath $Archive -DestinationPath $temporary
    $programs = @(Get-ChildItem -Path (Join-Path (Join-Path $temporary $Below) '*.exe') -ErrorAction SilentlyContinue)
    if (-not $programs) { throw "$Archive has no programs in its folder '$Below'" }
    New-Item -ItemType Directory -Path $folder -Force | Out-Null
    $programs | Copy-Item -Destination $folder -Force
    Remove-Item -LiteralPath $temporary -Recurse -Force
    New-Item -ItemType File -Path $stamp -Force | Out-Null
}
Remove-Item -LiteralPath $Archive -Force
