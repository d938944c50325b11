# Sets the clock on by some milliseconds, back where they are negative.
param([long] $By)
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Set-Date -Adjust ([TimeSpan]::FromMilliseconds($By)) | Out-Null
