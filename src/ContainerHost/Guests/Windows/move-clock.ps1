# Sets the clock on by some milliseconds, and back by some.
param([long] $Forward, [long] $Back)
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Set-Date -Adjust ([TimeSpan]::FromMilliseconds($Forward - $Back)) | Out-Null
