# Makes two folders to share, one with a file to read; or tells what a container wrote: prepare FOLDER TEXT, read FOLDER.
param([string] $Verb, [string] $Folder, [string] $Text)
Set-StrictMode -Version 3.0
$utf8 = New-Object System.Text.UTF8Encoding $false
$written = Join-Path $Folder 'read-write\file'
if ($Verb -eq 'prepare') {
    if (Test-Path -LiteralPath $Folder) { Remove-Item -LiteralPath $Folder -Recurse -Force }
    foreach ($name in 'read-only', 'read-write') {
        New-Item -ItemType Directory -Path (Join-Path $Folder $name) -Force | Out-Null
    }
    [System.IO.File]::WriteAllText((Join-Path $Folder 'read-only\file'), $Text, $utf8)
}
elseif (Test-Path -LiteralPath $written) {
    Get-Content -LiteralPath $written -Raw
}
