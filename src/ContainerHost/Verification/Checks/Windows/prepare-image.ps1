# Writes the image's definition into a folder and shows it.
param([string] $Folder, [string] $Base)
Set-StrictMode -Version 3.0
$image = Join-Path $Folder 'image'
New-Item -ItemType Directory -Path $image -Force | Out-Null
$lines = @(
    '# escape=`'
    "FROM $Base"
    # nanoserver's own user may write neither to the root nor to the registry.
    'USER ContainerAdministrator'
    'CMD ["cmd", "/s", "/c", "echo Hello, world"]'
)
[System.IO.File]::WriteAllText((Join-Path $image 'Dockerfile'), ($lines -join "`n") + "`n", (New-Object System.Text.UTF8Encoding $false))
$lines
