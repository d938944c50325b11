# Copies a file of this machine into a guest of its Hyper-V.
param([string] $MachineId, [string] $User, [string] $Password, [string] $From, [string] $To)
Set-StrictMode -Version 3.0
$credential = New-Object System.Management.Automation.PSCredential $User, (ConvertTo-SecureString -String $Password -AsPlainText -Force)
$session = New-PSSession -VMId $MachineId -Credential $credential
try {
    Copy-Item -LiteralPath $From -Destination $To -ToSession $session
}
finally {
    Remove-PSSession -Session $session
}
