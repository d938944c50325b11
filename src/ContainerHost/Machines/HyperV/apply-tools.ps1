# Tells what this machine lacks to apply an image of Windows to a disk; nothing when it lacks nothing.
Set-StrictMode -Version 3.0
$commands = 'New-VHD', 'Mount-VHD', 'Expand-WindowsImage', 'Enable-WindowsOptionalFeature', 'Mount-DiskImage', 'Format-Volume', 'bcdboot.exe'
$lacks = @($commands | Where-Object { -not (Get-Command -Name $_ -ErrorAction SilentlyContinue) })
# New-VHD works by the service of this machine, not by its module alone.
$service = Get-Service -Name vmms -ErrorAction SilentlyContinue
if (-not $service -or "$($service.Status)" -ne 'Running') { $lacks += 'a running service vmms (Hyper-V)' }
# High and system integrity (Microsoft's "Well-known SIDs"): the same in every language, unlike the group's name.
if (-not (& whoami.exe /groups | Select-String -Pattern 'S-1-16-(12288|16384)' -Quiet)) { $lacks += 'rights of an elevated session' }
if ($lacks) { "lacks $($lacks -join ', ')" }
