# Reads a job from standard input (base64 of UTF-8 JSON: script, arguments) and runs it. What the script returns is written as UTF-8; an error
# ends with exit code 1 and is told on standard error, also as UTF-8, whatever code page this Windows has.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# The engine would write them on standard error as XML (PowerShell's issue 5912).
$WarningPreference = 'SilentlyContinue'
$utf8 = New-Object System.Text.UTF8Encoding $false

function Write-Bytes([System.IO.Stream] $Stream, [string] $Text) {
    $bytes = $utf8.GetBytes($Text)
    $Stream.Write($bytes, 0, $bytes.Length)
    $Stream.Flush()
}

function Write-Result([string] $Text) {
    Write-Bytes ([Console]::OpenStandardOutput()) $Text
}

try {
    $job = $utf8.GetString([Convert]::FromBase64String((@($input) -join '').Trim())) | ConvertFrom-Json
    $given = @($job.arguments)
    & ([ScriptBlock]::Create($job.script)) @given | ForEach-Object { Write-Result "$_`n" }
    exit 0
}
catch {
    Write-Bytes ([Console]::OpenStandardError()) "$_`n$($_.InvocationInfo.PositionMessage)`n"
    exit 1
}
