# Says by how many milliseconds the clock is ahead of a time, in milliseconds since 1970.
param([long] $Now)
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
ConvertTo-Json @{ ahead = [DateTimeOffset]::UtcNow.ToUnixTimeMilliseconds() - $Now }
