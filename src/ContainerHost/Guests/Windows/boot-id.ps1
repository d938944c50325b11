# A text that is another after each boot: when the last one was, to the second, and where Windows counts its boots (which nobody promises) their number.
Set-StrictMode -Version 3.0
$prefetch = 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters'
$count = Get-ItemProperty -LiteralPath $prefetch -ErrorAction SilentlyContinue
$number = if ($count -and $count.PSObject.Properties.Name -contains 'BootId') { "$($count.BootId)" } else { '-' }
$at = (Get-CimInstance -ClassName Win32_OperatingSystem).LastBootUpTime.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss')
"boot $number at $at"
