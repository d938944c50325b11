# Turns on features of Windows by DISM's names, separated by commas, and tells whether a reboot is due. What is on already is left so. DISM does not
# look at the processor; Install-WindowsFeature does, and refuses Hyper-V in guests that can run it (MicrosoftDocs/azure-stack-docs, 1892, 2347).
param([string] $Names)
Set-StrictMode -Version 3.0
$restart = $false
foreach ($name in $Names.Split(',')) {
    $feature = Get-WindowsOptionalFeature -Online -FeatureName $name
    if (-not $feature) { throw "this Windows has no feature $name" }
    switch ("$($feature.State)") {
        'Enabled' { }
        'EnablePending' { $restart = $true }
        default {
            $result = Enable-WindowsOptionalFeature -Online -FeatureName $name -All -NoRestart
            if ("$($result.RestartNeeded)" -eq 'True') { $restart = $true }
        }
    }
}
ConvertTo-Json -Compress @{ restartNeeded = $restart }
