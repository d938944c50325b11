# Tells containerd's version as its running service has it. A service that starts late after a boot is waited for.
Set-StrictMode -Version 3.0
$service = Get-Service -Name containerd
$deadline = [DateTime]::UtcNow.AddMinutes(3)
while ("$($service.Status)" -ne 'Running' -and [DateTime]::UtcNow -lt $deadline) {
    Start-Sleep -Seconds 2
    $service.Refresh()
}
if ("$($service.Status)" -ne 'Running') {
    $log = Get-WinEvent -FilterHashtable @{ LogName = 'Application'; ProviderName = 'containerd' } -MaxEvents 10 -ErrorAction SilentlyContinue |
        ForEach-Object Message
    throw "the service containerd is $($service.Status)`n$($log -join "`n")"
}
$said = & (Join-Path $env:ProgramFiles 'containerd\bin\ctr.exe') version
if ($LASTEXITCODE -ne 0) { throw "ctr ended with exit code $LASTEXITCODE" }
# The client's version comes first, the running service's second.
$version = @($said | Where-Object { $_ -match 'Version:' })[-1].Split(':', 2)[1].Trim()
ConvertTo-Json -Compress @{ version = $version; service = $service.Name }
