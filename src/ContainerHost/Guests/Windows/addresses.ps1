# The guest's IPv4 addresses, and its own ends of established connections to the SSH server.
Set-StrictMode -Version 3.0
$addresses = @(Get-NetIPAddress -AddressFamily IPv4 | Where-Object AddressState -EQ 'Preferred' | ForEach-Object IPAddress)
$connections = @(Get-NetTCPConnection -LocalPort 22 -State Established -ErrorAction SilentlyContinue |
        ForEach-Object { "$($_.LocalAddress):$($_.LocalPort) from $($_.RemoteAddress)" })
ConvertTo-Json -Compress @{ addresses = $addresses; connections = $connections }
