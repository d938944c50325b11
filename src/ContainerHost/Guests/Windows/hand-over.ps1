# Makes a proxy and authorities the guest's own: for every process that starts from now on, and for the runtimes' services. They are in a file of
# JSON, which goes: it may have a password.
param([string] $Path)
Set-StrictMode -Version 3.0
$network = Get-Content -Raw -Path $Path | ConvertFrom-Json
Remove-Item -Path $Path
foreach ($pem in $network.authorities) {
    $bytes = [Convert]::FromBase64String(($pem -replace '-----[A-Z ]+-----', '' -replace '\s', ''))
    $store = New-Object System.Security.Cryptography.X509Certificates.X509Store 'Root', 'LocalMachine'
    $store.Open('ReadWrite')
    $store.Add((New-Object System.Security.Cryptography.X509Certificates.X509Certificate2 (, $bytes)))
    $store.Close()
}
if ($network.proxy) {
    # Null takes a variable away.
    $proxy = if ($network.proxy -eq 'none') { $null } else { $network.proxy }
    $direct = if ($proxy) { $network.direct } else { $null }
    [Environment]::SetEnvironmentVariable('HTTP_PROXY', $proxy, 'Machine')
    [Environment]::SetEnvironmentVariable('HTTPS_PROXY', $proxy, 'Machine')
    [Environment]::SetEnvironmentVariable('NO_PROXY', $direct, 'Machine')
}
Get-Service docker, containerd -ErrorAction SilentlyContinue | Where-Object Status -eq 'Running' | Restart-Service -Force
