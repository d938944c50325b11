# Removes what set-up keeps of its answer file, and the password of the automatic log-in; then looks whether anything is left.
Set-StrictMode -Version 3.0
$winlogon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
$folders = @(
    (Join-Path $env:SystemRoot 'Panther')
    (Join-Path $env:SystemRoot 'Panther\Unattend')
    (Join-Path $env:SystemRoot 'System32\Sysprep')
)

function Find-Answers {
    foreach ($folder in $folders) {
        if (Test-Path -LiteralPath $folder) {
            Get-ChildItem -LiteralPath $folder -File | Where-Object Name -Like '*unattend*.xml' | ForEach-Object FullName
        }
    }
}

function Find-Password {
    $item = Get-ItemProperty -LiteralPath $winlogon
    if ($item.PSObject.Properties.Name -contains 'DefaultPassword') { "$winlogon\DefaultPassword" }
}

function Find-Medium {
    # Drives of the kind 5 are discs.
    foreach ($drive in Get-CimInstance -ClassName Win32_LogicalDisk -Filter 'DriveType = 5') {
        foreach ($name in 'autounattend.xml', 'unattend.xml', 'host-key', 'password') {
            # An empty drive is no place for PowerShell's own commands.
            $path = "$($drive.DeviceID)$([System.IO.Path]::DirectorySeparatorChar)$name"
            if ([System.IO.File]::Exists($path)) { $path }
        }
    }
}

foreach ($file in @(Find-Answers)) { Remove-Item -LiteralPath $file -Force }
if (Find-Password) { Remove-ItemProperty -LiteralPath $winlogon -Name 'DefaultPassword' }
Set-ItemProperty -LiteralPath $winlogon -Name 'AutoAdminLogon' -Value '0'

ConvertTo-Json -Compress @{ left = @(@(Find-Answers) + @(Find-Password) + @(Find-Medium) | Where-Object { $_ }) }
