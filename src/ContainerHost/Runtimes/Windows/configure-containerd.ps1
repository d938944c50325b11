# Makes containerd and BuildKit, whose programs are there, services of this guest, with a NAT network for containers. What is so already is
# left so.
param([string] $Subnet, [string] $Gateway, [string] $Namespace)
Set-StrictMode -Version 3.0

$root = Join-Path $env:ProgramFiles 'containerd'
$bin = Join-Path $root 'bin'
$cniBin = Join-Path (Join-Path $root 'cni') 'bin'
$cniConf = Join-Path (Join-Path $root 'cni') 'conf'
$logs = Join-Path $env:ProgramData 'containerd'
$network = 'nat'
# nerdctl reads lists of plug-ins only (its pull request 4112), and BuildKit goes by the extension.
$conflist = Join-Path $cniConf '0-containerd-nat.conflist'
$utf8 = New-Object System.Text.UTF8Encoding $false

function Invoke-Program([string] $Program, [string[]] $Words) {
    & $Program @Words
    if ($LASTEXITCODE -ne 0) { throw "$Program ended with exit code $LASTEXITCODE" }
}

# Registers a service with these words; one that was registered with others is registered anew.
function Register-Program([string] $Name, [string[]] $Words) {
    $program = Join-Path $bin "$Name.exe"
    $there = Get-CimInstance -ClassName Win32_Service -Filter "Name='$Name'"
    if ($there -and -not @($Words | Where-Object { "$($there.PathName)".IndexOf($_, [StringComparison]::OrdinalIgnoreCase) -lt 0 })) { return }
    if ($there) {
        Stop-Service -Name $Name -Force
        Invoke-Program $program @('--unregister-service', '--service-name', $Name)
    }
    Invoke-Program $program (@('--register-service', '--service-name', $Name) + $Words)
}

# The plug-in makes the network itself, with the first container, and takes one of that name as it finds it, whatever its subnet is (Microsoft's
# windows-container-networking, common/core/network.go). The module comes with Hyper-V, and cannot make networks.
if (Get-Module -Name HostNetworkingService -ListAvailable) {
    Import-Module -Name HostNetworkingService
    Get-HnsNetwork | Where-Object Name -EQ $network | Where-Object { @($_.Subnets | ForEach-Object AddressPrefix) -notcontains $Subnet } |
        ForEach-Object { $_ | Remove-HnsNetwork }
}

New-Item -ItemType Directory -Path $cniConf -Force | Out-Null
New-Item -ItemType Directory -Path $logs -Force | Out-Null
$plugin = @{
    type         = 'nat'
    master       = 'Ethernet'
    ipam         = @{ subnet = $Subnet; routes = @(@{ GW = $Gateway }) }
    capabilities = @{ portMappings = $true; dns = $true }
}
$settings = @{ cniVersion = '1.0.0'; name = $network; plugins = @($plugin) }
[System.IO.File]::WriteAllText($conflist, (ConvertTo-Json $settings -Depth 8), $utf8)
# Of an earlier configuration; nerdctl reads whatever is in that folder.
Get-ChildItem -LiteralPath $cniConf -File | Where-Object Extension -EQ '.conf' | Remove-Item -Force

$config = Join-Path $root 'config.toml'
if (-not (Test-Path -LiteralPath $config)) {
    $default = Invoke-Program (Join-Path $bin 'containerd.exe') @('config', 'default')
    [System.IO.File]::WriteAllText($config, ($default -join "`n"), $utf8)
}
# As services both log nowhere else.
Register-Program 'containerd' @('--config', $config, '--log-file', (Join-Path $logs 'containerd.log'))
Set-Service -Name containerd -StartupType Automatic
Start-Service -Name containerd

# In the namespace that images are loaded into, or it would not see them; and without a network it shall fail, not go on without.
Register-Program 'buildkitd' @(
    '--containerd-worker=true', "--containerd-worker-namespace=$Namespace", '--containerd-worker-net=cni',
    "--containerd-cni-config-path=$conflist", "--containerd-cni-binary-dir=$cniBin",
    '--log-file', (Join-Path $logs 'buildkitd.log')
)
# It is of no use before containerd is there.
Invoke-Program 'sc.exe' @('config', 'buildkitd', 'depend=', 'containerd')
Set-Service -Name buildkitd -StartupType Automatic
Start-Service -Name buildkitd

# Defender would look through every layer as it is written (Microsoft's containers-toolkit excludes them too); there may be none.
if (Get-Command -Name Add-MpPreference -ErrorAction SilentlyContinue) {
    $programs = @('containerd.exe', 'containerd-shim-runhcs-v1.exe', 'buildkitd.exe' | ForEach-Object { Join-Path $bin $_ })
    Add-MpPreference -ExclusionProcess $programs -ErrorAction SilentlyContinue
}

$path = [Environment]::GetEnvironmentVariable('Path', 'Machine')
if ("$path".Split(';') -notcontains $bin) {
    [Environment]::SetEnvironmentVariable('Path', "$path;$bin", 'Machine')
}
