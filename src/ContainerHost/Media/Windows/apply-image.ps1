# Applies an image of an installation medium to a new disk in VHDX that boots by UEFI, with features turned on, and tells how far it is.
# Needs an elevated PowerShell, DISM and Hyper-V on this machine. What it leaves when it is ended, release-image.ps1 removes.
param([string] $Iso, [string] $Wim, [string] $Index, [string] $Build, [string] $Disk, [string] $Bytes, [string] $Features)
Set-StrictMode -Version 3.0

# Windows formats no partition of the type that firmware looks for, so it becomes one in the end.
$basicType = '{ebd0a0a2-b9e5-4433-87c0-68b6b72699c7}'
$systemType = '{c12a7328-f81f-11d2-ba4b-00a0c93ec93b}'
# Says that the medium was attached here, and by which path.
$ownMedium = "$Disk.medium"

# A drive gets its letter some time after it has come.
function Wait-Letter([scriptblock] $Ask, [string] $What) {
    for ($look = 0; $look -lt 60; $look++) {
        $letter = "$(& $Ask)".Trim([char] 0, [char] 32)
        if ($letter) { return $letter }
        Start-Sleep -Seconds 1
    }
    throw "Windows gave $What no drive letter"
}

function New-Volume([int] $Number, [hashtable] $Room, [string] $FileSystem, [string] $Label) {
    $partition = New-Partition -DiskNumber $Number -GptType $basicType @Room
    Format-Volume -Partition $partition -FileSystem $FileSystem -NewFileSystemLabel $Label -Confirm:$false | Out-Null
    # A letter only now: Explorer would offer to format a drive that it sees empty.
    Add-PartitionAccessPath -DiskNumber $Number -PartitionNumber $partition.PartitionNumber -AssignDriveLetter | Out-Null
    $ask = {
        Get-Partition -DiskNumber $Number -PartitionNumber $partition.PartitionNumber -ErrorAction SilentlyContinue |
            ForEach-Object DriveLetter
    }
    @{ Number = $partition.PartitionNumber; Letter = Wait-Letter $ask "the partition $Label" }
}

# Microsoft's "What is DISM?": not for images that are newer than itself.
$here = (Get-CimInstance -ClassName Win32_OperatingSystem).BuildNumber
if ([int] $here -lt [int] $Build) { throw "the DISM of this Windows (build $here) does not apply newer images (build $Build)" }

try {
    New-VHD -Path $Disk -SizeBytes ([uint64] $Bytes) -Dynamic | Out-Null
    $number = Mount-VHD -Path $Disk -NoDriveLetter -Passthru | Get-Disk | ForEach-Object Number
    Initialize-Disk -Number $number -PartitionStyle GPT | Out-Null
    # Microsoft's "UEFI/GPT-based hard drive partitions"; Windows itself has made the reserved one.
    $system = New-Volume $number @{ Size = 260MB } 'FAT32' 'System'
    $windows = New-Volume $number @{ UseMaximumSize = $true } 'NTFS' 'Windows'
    $root = "$($windows.Letter):\"
    "a disk of $Bytes bytes is made"

    if (-not (Get-DiskImage -ImagePath $Iso).Attached) {
        [System.IO.File]::WriteAllText($ownMedium, $Iso)
        Mount-DiskImage -ImagePath $Iso | Out-Null
    }
    $medium = Wait-Letter { Get-DiskImage -ImagePath $Iso | Get-Volume -ErrorAction SilentlyContinue | ForEach-Object DriveLetter } 'the medium'
    # Join-Path would not know a drive that is younger than this session.
    Expand-WindowsImage -ImagePath "${medium}:\$Wim" -Index ([uint32] $Index) -ApplyPath $root | Out-Null
    "image $Index is applied"

    & bcdboot.exe "$($root)Windows" /s "$($system.Letter):" /f UEFI | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "bcdboot ended with exit code $LASTEXITCODE" }
    foreach ($feature in $Features.Split(',') | Where-Object { $_ }) {
        Enable-WindowsOptionalFeature -Path $root -FeatureName $feature -All | Out-Null
        "the feature $feature is on"
    }
    if ($Features.Split(',') -contains 'Microsoft-Hyper-V') {
        # The hypervisor starts before Windows, so its loader must be told.
        & bcdedit.exe /store "$($system.Letter):\EFI\Microsoft\Boot\BCD" /set '{default}' hypervisorlaunchtype auto | Out-Null
        if ($LASTEXITCODE -ne 0) { throw "bcdedit ended with exit code $LASTEXITCODE" }
    }
    Set-Partition -DiskNumber $number -PartitionNumber $system.Number -GptType $systemType
}
finally {
    # The mark is gone where another run has taken over.
    if ([System.IO.File]::Exists($ownMedium)) {
        Dismount-DiskImage -ImagePath $Iso -ErrorAction SilentlyContinue | Out-Null
        [System.IO.File]::Delete($ownMedium)
    }
    Dismount-VHD -Path $Disk -ErrorAction SilentlyContinue
}
