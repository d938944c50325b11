# Makes containerd and BuildKit, whose programs are there, services of this guest, with a NAT network for containers. What is so already is
# left so.
param([string] $Subnet, [string] $Gateway)
Set-StrictMode -Version 3.0

$root = Join-Path $env:ProgramFiles 'containerd'
$bin = Join-Path $root 'bin'
$cniBin = Join-Path (Join-Path $root 'cni') 'bin'
$cniConf = Join-Path (Join-Path $root 'cni') 'conf'
$network = 'nat'
$conflist = Join-Path $cniConf '0-containerd-nat.conf'
$utf8 = New-Object System.Text.UTF8Encoding $false

function Invoke-Program([string] $Program, [string[]] $Words) {
    & $Program @Words
    if ($LASTEXITCODE -ne 0) { throw "$Program ended with exit code $LASTEXITCODE" }
}

Import-Module -Name HostNetworkingService
# One on another subnet, which Windows or an earlier configuration made, is of no use.
Get-HnsNetwork | Where-Object Name -EQ $network | Where-Object { @($_.Subnets | ForEach-Object AddressPrefix) -notcontains $Subnet } |
    ForEach-Object { $_ | Remove-HnsNetwork }
if (-not (Get-HnsNetwork | Where-Object Name -EQ $network)) {
    New-HnsNetwork -Type NAT -Name $network -AddressPrefix $Subnet -Gateway $Gateway | Out-Null
}

New-Item -ItemType Directory -Path $cniConf -Force | Out-Null
$settings = @{
    cniVersion   = '1.0.0'
    name         = $network
    type         = 'nat'
    master       = 'Ethernet'
    ipam         = @{ subnet = $Subnet; routes = @(@{ GW = $Gateway }) }
    capabilities = @{ portMappings = $true; dns = $true }
}
[System.IO.File]::WriteAllText($conflist, (ConvertTo-Json $settings -Depth 5), $utf8)

$config = Join-Path $root 'config.toml'
if (-not (Test-Path -LiteralPath $config)) {
    $default = Invoke-Program (Join-Path $bin 'containerd.exe') @('config', 'default')
    [System.IO.File]::WriteAllText($config, ($default -join "`n"), $utf8)
}
if (-not (Get-Service -Name containerd -ErrorAction SilentlyContinue)) {
    Invoke-Program (Join-Path $bin 'containerd.exe') @('--register-service', '--config', $config)
}
Set-Service -Name containerd -StartupType Automatic
Start-Service -Name containerd

if (-not (Get-Service -Name buildkitd -ErrorAction SilentlyContinue)) {
    Invoke-Program (Join-Path $bin 'buildkitd.exe') @(
        '--register-service', '--service-name', 'buildkitd', '--containerd-worker=true',
        "--containerd-cni-config-path=$conflist", "--containerd-cni-binary-dir=$cniBin"
    )
    # It is of no use before containerd is there.
    Invoke-Program 'sc.exe' @('config', 'buildkitd', 'depend=', 'containerd')
}
Set-Service -Name buildkitd -StartupType Automatic
Start-Service -Name buildkitd

$path = [Environment]::GetEnvironmentVariable('Path', 'Machine')
if ("$path".Split(';') -notcontains $bin) {
    [Environment]::SetEnvironmentVariable('Path', "$path;$bin", 'Machine')
}
