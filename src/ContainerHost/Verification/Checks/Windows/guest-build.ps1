# The build of this Windows, which process-isolated containers must share.
Set-StrictMode -Version 3.0
ConvertTo-Json -Compress @{ build = [Environment]::OSVersion.Version.Build }
