# Makes a proxy and authorities the guest's own: for every process that starts from now on, and for the runtimes' services.
param([string] $Proxy, [string] $Direct, [string] $Pem)
Set-StrictMode -Version 3.0
if ($Pem) {
    foreach ($block in [regex]::Matches($Pem, '-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----')) {
        $bytes = [Convert]::FromBase64String(($block.Groups[1].Value -replace '\s', ''))
        $store = New-Object System.Security.Cryptography.X509Certificates.X509Store 'Root', 'LocalMachine'
        $store.Open('ReadWrite')
        $store.Add((New-Object System.Security.Cryptography.X509Certificates.X509Certificate2 (, $bytes)))
        $store.Close()
    }
}
if ($Proxy) {
    $values = @{ HTTP_PROXY = $Proxy; HTTPS_PROXY = $Proxy; NO_PROXY = $Direct }
    foreach ($name in $values.Keys) {
        [Environment]::SetEnvironmentVariable($name, $values[$name], 'Machine')
    }
}
Get-Service docker, containerd -ErrorAction SilentlyContinue | Where-Object Status -eq 'Running' | Restart-Service -Force
