# Applies an image of an installation medium to a new disk in VHDX that boots by UEFI, with features turned on, and tells how far it is.
# Remains of a run that was cut off, the disk still attached among them, are removed first. Needs an elevated PowerShell, DISM and Hyper-V.
param([string] $Iso, [string] $Wim, [string] $Index, [string] $Disk, [string] $Bytes, [string] $Features)
Set-StrictMode -Version 3.0

# Windows formats no partition of the type that firmware looks for, so it becomes one in the end.
$basicType = '{ebd0a0a2-b9e5-4433-87c0-68b6b72699c7}'
$systemType = '{c12a7328-f81f-11d2-ba4b-00a0c93ec93b}'

function New-Volume([int] $Number, [hashtable] $Room, [string] $FileSystem, [string] $Label) {
    $partition = New-Partition -DiskNumber $Number -GptType $basicType @Room
    Format-Volume -Partition $partition -FileSystem $FileSystem -NewFileSystemLabel $Label -Confirm:$false | Out-Null
    # A letter only now: Explorer would offer to format a drive that it sees empty.
    Add-PartitionAccessPath -DiskNumber $Number -PartitionNumber $partition.PartitionNumber -AssignDriveLetter | Out-Null
    Get-Partition -DiskNumber $Number -PartitionNumber $partition.PartitionNumber
}

if (Test-Path -LiteralPath $Disk) {
    Dismount-VHD -Path $Disk -ErrorAction SilentlyContinue
    Remove-Item -LiteralPath $Disk -Force
}
$ownsMedium = $false
try {
    New-VHD -Path $Disk -SizeBytes ([uint64] $Bytes) -Dynamic | Out-Null
    $number = (Mount-VHD -Path $Disk -NoDriveLetter -Passthru | Get-Disk).Number
    Initialize-Disk -Number $number -PartitionStyle GPT | Out-Null
    # Microsoft's "UEFI/GPT-based hard drive partitions"; Windows itself has made the reserved one.
    $system = New-Volume $number @{ Size = 260MB } 'FAT32' 'System'
    $windows = New-Volume $number @{ UseMaximumSize = $true } 'NTFS' 'Windows'
    $root = "$($windows.DriveLetter):\"
    "a disk of $Bytes bytes is made"

    if (-not (Get-DiskImage -ImagePath $Iso).Attached) {
        Mount-DiskImage -ImagePath $Iso | Out-Null
        $ownsMedium = $true
    }
    $medium = "$((Get-DiskImage -ImagePath $Iso | Get-Volume).DriveLetter):"
    # Join-Path would not know a drive that is younger than this session.
    Expand-WindowsImage -ImagePath "$medium\$Wim" -Index ([uint32] $Index) -ApplyPath $root | Out-Null
    "image $Index is applied"

    & bcdboot.exe "$($root)Windows" /s "$($system.DriveLetter):" /f UEFI | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "bcdboot ended with exit code $LASTEXITCODE" }
    foreach ($feature in $Features.Split(',') | Where-Object { $_ }) {
        Enable-WindowsOptionalFeature -Path $root -FeatureName $feature -All | Out-Null
        "the feature $feature is on"
    }
    Set-Partition -DiskNumber $number -PartitionNumber $system.PartitionNumber -GptType $systemType
}
finally {
    if ($ownsMedium) { Dismount-DiskImage -ImagePath $Iso -ErrorAction SilentlyContinue | Out-Null }
    Dismount-VHD -Path $Disk -ErrorAction SilentlyContinue
}
