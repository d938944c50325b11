# Detaches what a cut-off run of apply-image.ps1 left attached: its disk, and its medium where it was attached by it.
param([string] $Disk)
Set-StrictMode -Version 3.0
$ownMedium = "$Disk.medium"
if ([System.IO.File]::Exists($ownMedium)) {
    $iso = [System.IO.File]::ReadAllText($ownMedium)
    Dismount-DiskImage -ImagePath $iso -ErrorAction SilentlyContinue | Out-Null
    [System.IO.File]::Delete($ownMedium)
}
if ([System.IO.File]::Exists($Disk)) { Dismount-VHD -Path $Disk -ErrorAction SilentlyContinue }
