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

# sshd 9.4 to 9.8.1, Windows' own 9.5 among them, ends when others may write into its folder (PowerShell/openssh-portable, 686), as users may below
# ProgramData.
function Protect-Folder([string] $Path) {
    & icacls.exe $Path /setowner '*S-1-5-32-544' | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "icacls $Path /setowner ended with exit code $LASTEXITCODE" }
    & icacls.exe $Path /inheritance:r /grant:r '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' '*S-1-5-11:(OI)(CI)RX' | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "icacls $Path /grant ended with exit code $LASTEXITCODE" }
}

# OpenSSH refuses keys that others than SYSTEM and Administrators own, or could read or change.
function Protect-File([string] $Path) {
    & icacls.exe $Path /setowner '*S-1-5-32-544' | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "icacls $Path /setowner ended with exit code $LASTEXITCODE" }
    & icacls.exe $Path /inheritance:r /grant '*S-1-5-18:F' /grant '*S-1-5-32-544:F' | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "icacls $Path /grant ended with exit code $LASTEXITCODE" }
}

# A guest that has just come up may have no network yet, and Windows Update its bad minutes (kubernetes-sigs/windows-testing, 585). What a policy
# forbids (0x800f0954), or nobody knows (0x800f080c), comes no sooner by waiting.
function Add-Capability([string] $Name) {
    $deadline = [DateTime]::UtcNow.AddMinutes(10)
    $attempt = 0
    while ($true) {
        $attempt++
        try {
            Add-WindowsCapability -Online -Name $Name -ErrorAction Stop | Out-Null
            # Where every source fails it may say nothing (Microsoft's page of the command).
            if ("$((Get-WindowsCapability -Online -Name $Name).State)" -eq 'Installed') { return }
            throw "Add-WindowsCapability said nothing, and $Name is not installed"
        }
        catch {
            if ("$_" -match '0x800f0954|0x800f080c' -or [DateTime]::UtcNow -ge $deadline) {
                throw "$Name could not be added in $attempt attempts: $_"
            }
            Start-Sleep -Seconds ([Math]::Min(60, 15 * $attempt))
        }
    }
}

# A container host is at work, whoever is logged in and whatever day it is.
function Set-Habits {
    Get-LocalUser | Where-Object { $_.SID.Value -like 'S-1-5-21-*-500' } | Set-LocalUser -PasswordNeverExpires $true
    # Updates and their restarts are for whoever looks after the host.
    $updates = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU'
    New-Item -Path $updates -Force | Out-Null
    Set-ItemProperty -LiteralPath $updates -Name NoAutoUpdate -Type DWord -Value 1
    # High performance, and no sleep; many machines cannot hibernate, and say so.
    & powercfg.exe /setactive 8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c
    & powercfg.exe /hibernate off
    & powercfg.exe /change monitor-timeout-ac 0
    & powercfg.exe /change standby-timeout-ac 0
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
                Add-Capability 'OpenSSH.Server~~~~0.0.1.0'
            }
        }
        'Release' {
            $target = Join-Path $env:ProgramFiles 'OpenSSH'
            if (-not (Test-Path -LiteralPath $target)) {
                $temporary = Join-Path $folder 'openssh'
                Expand-Archive -LiteralPath (Join-Path $medium 'openssh.zip') -DestinationPath $temporary -Force
                # Copied, since what is moved keeps the rights it had below ProgramData, which sshd refuses from 10.4 on.
                New-Item -ItemType Directory -Path $target | Out-Null
                Copy-Item -Path (Join-Path (Get-ChildItem -LiteralPath $temporary -Directory)[0].FullName '*') -Destination $target -Recurse
                Remove-Item -LiteralPath $temporary -Recurse -Force
            }
            # In this process: powershell.exe -File would pass the switch as a text.
            & (Join-Path $target 'install-sshd.ps1') -Confirm:$false | Out-Null
        }
        default { throw 'this Windows has no OpenSSH server; choose another --openssh' }
    }
}

function Initialize-Keys([string] $AuthorizedKey) {
    New-Item -ItemType Directory -Path $ssh -Force | Out-Null
    Protect-Folder $ssh
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

# Windows adds one to the count of automatic log-ins that it was given (Microsoft's "LogonCount", known issue).
$winlogon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
Set-ItemProperty -LiteralPath $winlogon -Name AutoLogonCount -Type DWord -Value 0

$settings = Get-Content -LiteralPath (Join-Path $medium 'settings.json') -Raw -Encoding UTF8 | ConvertFrom-Json
try {
    if ($settings.setPassword) {
        $password = ConvertTo-SecureString -String (Get-Content -LiteralPath (Join-Path $medium 'password') -Raw) -AsPlainText -Force
        # The built-in administrator's name differs by language; its number never does.
        Get-LocalUser | Where-Object { $_.SID.Value -like 'S-1-5-21-*-500' } | Set-LocalUser -Password $password
    }
    Set-Habits
    Install-OpenSsh $settings.openSsh
    Initialize-Keys $settings.authorizedKey
    Open-Firewall
    # It may start before its network is there, and is to come back when it ends.
    & sc.exe config sshd start= delayed-auto | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "sc config sshd ended with exit code $LASTEXITCODE" }
    & sc.exe failure sshd reset= 0 actions= restart/60000 | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "sc failure sshd ended with exit code $LASTEXITCODE" }
    Restart-Service -Name sshd
    Write-Text $mark (ConvertTo-Json @{ instanceId = $settings.instanceId; ready = $true })
}
catch {
    # Whoever looks at the console should see why nobody can log in.
    Write-Text $mark (ConvertTo-Json @{ instanceId = $settings.instanceId; ready = $false; error = "$_" })
    throw
}
