# Sets the clock to a time, in seconds since 1970, where it is more than some seconds off; says how many it was ahead.
param([long] $Now, [long] $Harmless)
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ahead = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds() - $Now
if ([Math]::Abs($ahead) -le $Harmless) {
    $ahead = 0
}
else {
    Set-Date -Date ([DateTimeOffset]::FromUnixTimeSeconds($Now).LocalDateTime) | Out-Null
}
ConvertTo-Json @{ ahead = $ahead }
