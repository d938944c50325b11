# Waits until a service runs, which after a boot may take a while; one that does not is told with what it last logged: in a file of its own, else
# in the log of events, which knows programs only that registered there.
param([string] $Name)
Set-StrictMode -Version 3.0
$service = Get-Service -Name $Name
# Three minutes.
for ($look = 0; "$($service.Status)" -ne 'Running' -and $look -lt 90; $look++) {
    Start-Sleep -Seconds 2
    $service.Refresh()
}
if ("$($service.Status)" -ne 'Running') {
    $file = Join-Path (Join-Path $env:ProgramData 'containerd') "$Name.log"
    $log = if (Test-Path -LiteralPath $file) {
        Get-Content -LiteralPath $file -Tail 10
    }
    else {
        # An unknown source is an error that nothing else silences.
        try {
            Get-WinEvent -FilterHashtable @{ LogName = 'Application'; ProviderName = $Name } -MaxEvents 10 -ErrorAction SilentlyContinue |
                ForEach-Object Message
        }
        catch { 'it has logged nothing' }
    }
    throw "the service $Name is $($service.Status)`n$($log -join "`n")"
}
