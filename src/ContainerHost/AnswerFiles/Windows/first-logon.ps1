# Runs once, as an administrator, when set-up or cloudbase-init has made the guest: opens it for SSH with the keys that came on the medium,
# and leaves a mark by which the host knows that it is ready. It may run again; what is done already is left so.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$medium = $PSScriptRoot
$folder = Join-Path $env:ProgramData 'ContainerHost'
$ssh = Join-Path $env:ProgramData 'ssh'
$mark = Join-Path $folder 'ready.json'
New-Item -ItemType Directory -Path $folder -Force | Out-Null

function Write-Text([string] $Path, [string] $Text) {
    [System.IO.File]::WriteAllText($Path, $Text, (New-Object System.Text.UTF8Encoding $false))
}

# OpenSSH refuses keys that others than SYSTEM and Administrators own, or could read or change.
function Protect-File([string] $Path) {
    & icacls.exe $Path /setowner '*S-1-5-32-544' | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "icacls $Path /setowner ended with exit code $LASTEXITCODE" }
    & icacls.exe $Path /inheritance:r /grant '*S-1-5-18:F' /grant '*S-1-5-32-544:F' | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "icacls $Path /grant ended with exit code $LASTEXITCODE" }
}

function Install-OpenSsh([string] $Source) {
    if (Get-Service -Name sshd -ErrorAction SilentlyContinue) { return }
    switch ($Source) {
        'Capability' {
            # The package came along for a guest that cannot reach Windows Update.
            $package = Join-Path $medium 'openssh.cab'
            if (Test-Path -LiteralPath $package) {
                Add-WindowsPackage -Online -PackagePath $package -NoRestart | Out-Null
            }
            else {
                Add-WindowsCapability -Online -Name 'OpenSSH.Server~~~~0.0.1.0' | Out-Null
            }
        }
        'Release' {
            $target = Join-Path $env:ProgramFiles 'OpenSSH'
            if (-not (Test-Path -LiteralPath $target)) {
                $temporary = Join-Path $folder 'openssh'
                Expand-Archive -LiteralPath (Join-Path $medium 'openssh.zip') -DestinationPath $temporary -Force
                Move-Item -LiteralPath (Get-ChildItem -LiteralPath $temporary -Directory)[0].FullName -Destination $target
                Remove-Item -LiteralPath $temporary -Recurse -Force
            }
            & powershell.exe -NoProfile -ExecutionPolicy Bypass -File (Join-Path $target 'install-sshd.ps1') | Out-Null
        }
        default { throw 'this Windows has no OpenSSH server; choose another --openssh' }
    }
}

function Initialize-Keys([string] $AuthorizedKey) {
    New-Item -ItemType Directory -Path $ssh -Force | Out-Null
    foreach ($name in '', '.pub') {
        $key = Join-Path $ssh "ssh_host_ed25519_key$name"
        Copy-Item -LiteralPath (Join-Path $medium "host-key$name") -Destination $key -Force
        (Get-Item -LiteralPath $key).IsReadOnly = $false
        Protect-File $key
    }
    $keys = Join-Path $ssh 'administrators_authorized_keys'
    Write-Text $keys "$AuthorizedKey`n"
    Protect-File $keys
    # The one host key that the host expects, and keys before passwords.
    Write-Text (Join-Path $ssh 'sshd_config') (@(
            'HostKey __PROGRAMDATA__/ssh/ssh_host_ed25519_key'
            'PubkeyAuthentication yes'
            'PasswordAuthentication yes'
            'Subsystem sftp sftp-server.exe'
            'Match Group administrators'
            '    AuthorizedKeysFile __PROGRAMDATA__/ssh/administrators_authorized_keys'
        ) -join "`n")
}

function Open-Firewall {
    $name = 'ContainerHost-SSH'
    if (-not (Get-NetFirewallRule -Name $name -ErrorAction SilentlyContinue)) {
        New-NetFirewallRule -Name $name -DisplayName 'OpenSSH server (ContainerHost)' -Direction Inbound `
            -Protocol TCP -LocalPort 22 -Action Allow -Profile Any | Out-Null
    }
}

$settings = Get-Content -LiteralPath (Join-Path $medium 'settings.json') -Raw -Encoding UTF8 | ConvertFrom-Json
try {
    if ($settings.setPassword) {
        $password = ConvertTo-SecureString -String (Get-Content -LiteralPath (Join-Path $medium 'password') -Raw) -AsPlainText -Force
        # The built-in administrator's name differs by language; its number never does.
        Get-LocalUser | Where-Object { $_.SID.Value -like 'S-1-5-21-*-500' } | Set-LocalUser -Password $password
    }
    Install-OpenSsh $settings.openSsh
    Initialize-Keys $settings.authorizedKey
    Open-Firewall
    # High performance: a container host does not go to sleep.
    & powercfg.exe /setactive 8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c
    Set-Service -Name sshd -StartupType Automatic
    Restart-Service -Name sshd
    Write-Text $mark (ConvertTo-Json @{ instanceId = $settings.instanceId; ready = $true })
}
catch {
    # Whoever looks at the console should see why nobody can log in.
    Write-Text $mark (ConvertTo-Json @{ instanceId = $settings.instanceId; ready = $false; error = "$_" })
    throw
}
