# Turns on features of Windows Server by their names, separated by commas, and tells whether a reboot is due. What is on already is left so.
param([string] $Names)
Set-StrictMode -Version 3.0
$restart = $false
foreach ($name in $Names.Split(',')) {
    $feature = Get-WindowsFeature -Name $name
    if (-not $feature) { throw "this Windows has no feature $name" }
    switch ("$($feature.InstallState)") {
        'Installed' { }
        'InstallPending' { $restart = $true }
        default {
            $result = Install-WindowsFeature -Name $name
            if (-not $result.Success) { throw "the feature $name could not be installed: $($result.ExitCode)" }
            if ("$($result.RestartNeeded)" -ne 'No') { $restart = $true }
        }
    }
}
ConvertTo-Json -Compress @{ restartNeeded = $restart }
