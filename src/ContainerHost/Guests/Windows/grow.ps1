# Has the system's volume take all that follows it on its disk, and tells what it has now. A recovery partition behind it ends that.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Update-HostStorageCache
$letter = $env:SystemDrive[0]
$most = (Get-PartitionSupportedSize -DriveLetter $letter).SizeMax
if ((Get-Partition -DriveLetter $letter).Size -lt $most) {
    Resize-Partition -DriveLetter $letter -Size $most
}
$volume = Get-Volume -DriveLetter $letter
"the volume has $([math]::Floor($volume.Size / 1MB))M, $([math]::Floor($volume.SizeRemaining / 1MB))M of it free"
