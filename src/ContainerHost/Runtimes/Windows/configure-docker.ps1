# Makes Docker Engine, whose programs are there, a service of this guest, with its NAT network on a subnet. What is so already is left so.
param([string] $Subnet)
Set-StrictMode -Version 3.0

$bin = Join-Path $env:ProgramFiles 'docker'
$folder = Join-Path (Join-Path $env:ProgramData 'docker') 'config'
$config = Join-Path $folder 'daemon.json'
$network = 'nat'

New-Item -ItemType Directory -Path $folder -Force | Out-Null
$settings = ConvertTo-Json @{ 'fixed-cidr' = $Subnet }
$changed = -not (Test-Path -LiteralPath $config) -or (Get-Content -LiteralPath $config -Raw) -ne $settings
if (-not (Get-Service -Name docker -ErrorAction SilentlyContinue)) {
    & (Join-Path $bin 'dockerd.exe') --register-service
    if ($LASTEXITCODE -ne 0) { throw "dockerd ended with exit code $LASTEXITCODE" }
}
elseif ($changed) {
    Stop-Service -Name docker -Force
}

# Docker takes a network of that name as it finds it, on whatever subnet it is. Windows Server 2016 has no such commands, and none before Docker.
if ($changed -and (Get-Module -Name HostNetworkingService -ListAvailable)) {
    Import-Module -Name HostNetworkingService
    Get-HnsNetwork | Where-Object Name -EQ $network | Where-Object { @($_.Subnets | ForEach-Object AddressPrefix) -notcontains $Subnet } |
        ForEach-Object { $_ | Remove-HnsNetwork }
}
# Last, since it tells the next run that all before it is done.
if ($changed) {
    [System.IO.File]::WriteAllText($config, $settings, (New-Object System.Text.UTF8Encoding $false))
}
Set-Service -Name docker -StartupType Automatic
Start-Service -Name docker

# Defender would look through every layer as it is written; there may be none.
if (Get-Command -Name Add-MpPreference -ErrorAction SilentlyContinue) {
    Add-MpPreference -ExclusionProcess (Join-Path $bin 'dockerd.exe') -ErrorAction SilentlyContinue
}

$path = [Environment]::GetEnvironmentVariable('Path', 'Machine')
if ("$path".Split(';') -notcontains $bin) {
    [Environment]::SetEnvironmentVariable('Path', "$path;$bin", 'Machine')
}
