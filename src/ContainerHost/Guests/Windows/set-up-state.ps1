# Waits for the mark of the first log-in's script, and tells what it says.
Set-StrictMode -Version 3.0
$mark = Join-Path $env:ProgramData 'ContainerHost\ready.json'
$deadline = [DateTime]::UtcNow.AddMinutes(4)
while (-not (Test-Path -LiteralPath $mark) -and [DateTime]::UtcNow -lt $deadline) {
    Start-Sleep -Seconds 2
}
if (Test-Path -LiteralPath $mark) {
    Get-Content -LiteralPath $mark -Raw -Encoding UTF8
}
else {
    ConvertTo-Json @{ ready = $false }
}
