# What Windows says of its licence: whether it is an evaluation, and how many days are left of it. By the channel and numbers, since slmgr's words are
# localised (Microsoft's SoftwareLicensingProduct; the id is Windows' own).
Set-StrictMode -Version 3.0
$query = "SELECT Description, LicenseStatus, GracePeriodRemaining FROM SoftwareLicensingProduct " +
    "WHERE ApplicationID = '55c92734-d682-4d71-983e-d6ec3f16059f' AND PartialProductKey IS NOT NULL"
$product = Get-CimInstance -Query $query | Select-Object -First 1
if ($product) {
    $evaluation = "$($product.Description)" -like '*TIMEBASED_EVAL*'
    ConvertTo-Json -Compress @{ evaluation = $evaluation; status = [int] $product.LicenseStatus; days = [int] [Math]::Floor($product.GracePeriodRemaining / 1440) }
}
else {
    ConvertTo-Json -Compress @{ evaluation = $false; status = 0; days = 0 }
}
