# A text that is another after each boot, whatever becomes of the clock: the record of the event that Windows writes as its log of events starts.
Set-StrictMode -Version 3.0
$started = @{ LogName = 'System'; ProviderName = 'EventLog'; Id = 6005 }
try {
    $event = Get-WinEvent -FilterHashtable $started -MaxEvents 1 -ErrorAction Stop
    "boot of record $($event.RecordId)"
}
catch {
    # A log that was cleared; the time to the minute bears small corrections of the clock.
    "boot at $((Get-CimInstance -ClassName Win32_OperatingSystem).LastBootUpTime.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm'))"
}
