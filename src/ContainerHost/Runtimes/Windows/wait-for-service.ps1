# Waits until a service runs, which after a boot may take a while; one that does not is told with what it last logged.
param([string] $Name)
Set-StrictMode -Version 3.0
$service = Get-Service -Name $Name
# Three minutes.
for ($look = 0; "$($service.Status)" -ne 'Running' -and $look -lt 90; $look++) {
    Start-Sleep -Seconds 2
    $service.Refresh()
}
if ("$($service.Status)" -ne 'Running') {
    $log = Get-WinEvent -FilterHashtable @{ LogName = 'Application'; ProviderName = $Name } -MaxEvents 10 -ErrorAction SilentlyContinue |
        ForEach-Object Message
    throw "the service $Name is $($service.Status)`n$($log -join "`n")"
}
