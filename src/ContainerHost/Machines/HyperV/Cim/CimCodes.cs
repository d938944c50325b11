namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>What the return values of Hyper-V's methods mean (Microsoft's reference of root\virtualization\v2).</summary>
internal static class CimCodes
{
    public const uint Done = 0;
    public const uint JobStarted = 4096;

    public const uint Failed = 32768;

    /// <summary>
    /// True for refusals that pass by themselves, since the host is at work on the machine (microsoft/wmi, virtualmachinemanagementservice.go, asks again
    /// on 32775; 32774 and 32777 are of its kind).
    /// </summary>
    public static bool PassesBy(uint code) => code is 5 or 32774 or 32775 or 32777;

    public static string MeaningOf(uint code) =>
        code switch
        {
            1 or 32770 => "not supported",
            2 or Failed => "failed",
            3 or 32772 => "timeout",
            4 or 32773 => "invalid parameter",
            5 or 32775 => "invalid state for this operation",
            6 => "incompatible parameters",
            32769 => "access denied",
            32771 => "status unknown",
            32774 => "system in use",
            32776 => "incorrect data type",
            32777 => "system not available",
            32778 => "out of memory",
            32779 => "file not found",
            32780 => "the system is not ready",
            32781 => "the machine is locked",
            32782 => "a shutdown is in progress",
            _ => "a code that the reference does not name",
        };

    public static CimFailure FailureOf(uint code) =>
        code switch
        {
            32769 => CimFailure.AccessDenied,
            32779 => CimFailure.NotFound,
            3 or 32772 => CimFailure.TimedOut,
            4 or 5 or 6 or 32773 or 32774 or 32775 or 32776 => CimFailure.Refused,
            _ => CimFailure.Failed,
        };
}
