# Tells what of a container's world shows in the guest: its file, and its key of the registry.
param([string] $File, [string] $Key)
Set-StrictMode -Version 3.0
ConvertTo-Json -Compress @{
    file     = (Test-Path -LiteralPath $File)
    registry = (Test-Path -LiteralPath "Registry::$Key")
    name     = $env:COMPUTERNAME
}
