# Waits, that many seconds at most, for the mark of the first log-in's script, and tells what it says.
param([int] $Seconds)
Set-StrictMode -Version 3.0
$mark = Join-Path $env:ProgramData 'ContainerHost\ready.json'
$deadline = [DateTime]::UtcNow.AddSeconds($Seconds)
while (-not (Test-Path -LiteralPath $mark) -and [DateTime]::UtcNow -lt $deadline) {
    Start-Sleep -Seconds 2
}
if (Test-Path -LiteralPath $mark) {
    Get-Content -LiteralPath $mark -Raw -Encoding UTF8
}
else {
    ConvertTo-Json @{ ready = $false }
}
