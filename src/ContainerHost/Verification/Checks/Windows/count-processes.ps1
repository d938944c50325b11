# Counts the processes of this kernel whose command line has a word, this script's own left out.
param([string] $Word)
Set-StrictMode -Version 3.0
$found = @(Get-CimInstance -ClassName Win32_Process | Where-Object { "$($_.CommandLine)".Contains($Word) -and $_.ProcessId -ne $PID })
ConvertTo-Json -Compress @{ count = $found.Count }
