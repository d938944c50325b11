# Proves that virtual machines run in this guest. Once Hyper-V is here one is started, which alone is proof; before, what the processor shows is
# told. It may show nothing and Hyper-V run all the same (cloud-hypervisor/rust-hypervisor-firmware, 438), so it does not decide.
Set-StrictMode -Version 3.0
$processor = Get-CimInstance -ClassName Win32_Processor | Select-Object -First 1
if (Get-Service -Name vmms -ErrorAction SilentlyContinue) {
    if (-not (Get-CimInstance -ClassName Win32_ComputerSystem).HypervisorPresent) {
        throw 'Hyper-V is installed, but its hypervisor does not run: virtualisation is not exposed to this guest, or a reboot is due'
    }
    $name = 'containerhost-probe'
    Get-VM -Name $name -ErrorAction SilentlyContinue | Remove-VM -Force
    $machine = New-VM -Name $name -Generation 1 -MemoryStartupBytes 64MB -NoVHD
    try {
        Start-VM -VM $machine
        $state = (Get-VM -Name $name).State
        if ("$state" -ne 'Running') { throw "the virtual machine is $state instead of running" }
        "Hyper-V: a virtual machine of 64 MB was started and is $state"
    }
    finally {
        Stop-VM -VM $machine -TurnOff -Force -WarningAction SilentlyContinue
        Remove-VM -VM $machine -Force
    }
}
else {
    "$($processor.Name) shows virtualisation: $($processor.VirtualizationFirmwareEnabled), VM monitor extensions: $($processor.VMMonitorModeExtensions), second level address translation: $($processor.SecondLevelAddressTranslationExtensions); Hyper-V comes with InstallContainers, and a virtual machine is the proof"
}
