# Moves a file that has arrived to its place, folders included.
param([string] $From, [string] $To)
Set-StrictMode -Version 3.0
New-Item -ItemType Directory -Path (Split-Path -Parent $To) -Force | Out-Null
Move-Item -LiteralPath $From -Destination $To -Force
