# A text that is another after each boot: Windows counts its boots, and knows when the last one was.
Set-StrictMode -Version 3.0
$prefetch = 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters'
$count = Get-ItemProperty -LiteralPath $prefetch -ErrorAction SilentlyContinue
if ($count -and $count.PSObject.Properties.Name -contains 'BootId') {
    "boot $($count.BootId)"
}
else {
    (Get-CimInstance -ClassName Win32_OperatingSystem).LastBootUpTime.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm')
}
