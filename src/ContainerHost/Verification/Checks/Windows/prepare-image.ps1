# Writes the image's definition into a folder and shows it.
param([string] $Folder, [string] $Base)
Set-StrictMode -Version 3.0
$image = Join-Path $Folder 'image'
New-Item -ItemType Directory -Path $image -Force | Out-Null
$lines = @(
    '# escape=`'
    "FROM $Base"
    'CMD ["cmd", "/s", "/c", "echo Hello, world"]'
)
[System.IO.File]::WriteAllText((Join-Path $image 'Dockerfile'), ($lines -join "`n") + "`n", (New-Object System.Text.UTF8Encoding $false))
$lines
