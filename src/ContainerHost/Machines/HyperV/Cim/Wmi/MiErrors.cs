using Microsoft.Management.Infrastructure;

namespace ContainerHost.Machines.HyperV.Cim.Wmi;

/// <summary>Turns the library's errors into ours, which keep the native code.</summary>
internal static class MiErrors
{
    // Codes of Windows and WinRM (winerror.h, wsmerror.h), which the library puts into the error's properties.
    private const uint LogonFailure = 0x8007052E;
    private const uint RpcUnavailable = 0x800706BA;
    private const uint WinRmCannotConnect = 0x80338012;
    private const uint WinRmNoResponse = 0x80338126;
    private const uint WinRmAccessDenied = 0x80070005;

    public static CimCallException From(CimException exception, string attempted, string host)
    {
        var status = (uint)exception.StatusCode;
        var code = status == 0 ? (uint)exception.NativeErrorCode : status;
        return Make((uint)exception.NativeErrorCode, code, exception.Message, attempted, host, exception);
    }

    internal static CimCallException Make(
        uint native,
        uint code,
        string message,
        string attempted,
        string host,
        Exception? inner = null
    )
    {
        var failure = FailureOf((NativeErrorCode)native, code);
        return new CimCallException(
            failure,
            code,
            attempted,
            $"{host}: {message.Trim()} (0x{code:X8})",
            TryFor(failure, host),
            inner: inner
        );
    }

    private static CimFailure FailureOf(NativeErrorCode native, uint code) =>
        code switch
        {
            LogonFailure => CimFailure.WrongCredentials,
            WinRmAccessDenied => CimFailure.AccessDenied,
            RpcUnavailable or WinRmCannotConnect or WinRmNoResponse => CimFailure.Unreachable,
            _ => native switch
            {
                NativeErrorCode.AccessDenied => CimFailure.AccessDenied,
                NativeErrorCode.NotFound or NativeErrorCode.InvalidClass or NativeErrorCode.InvalidNamespace =>
                    CimFailure.NotFound,
                NativeErrorCode.InvalidParameter or NativeErrorCode.MethodNotFound => CimFailure.Refused,
                NativeErrorCode.ServerIsShuttingDown => CimFailure.Unreachable,
                _ => CimFailure.Failed,
            },
        };

    private static string TryFor(CimFailure failure, string host) =>
        failure switch
        {
            CimFailure.WrongCredentials => "correct --hyper-v-user and --hyper-v-password.",
            CimFailure.AccessDenied =>
                $"use an account of {host} that is in its group 'Hyper-V Administrators' (for a remote host in 'Remote Management Users' too), or run elevated.",
            CimFailure.Unreachable =>
                $"see that {host} is on, that its WinRM listener is set up ('winrm quickconfig -transport:https') and the firewall lets TCP 5986 through.",
            CimFailure.NotFound => $"see that the Hyper-V role is installed on {host} and the service vmms runs.",
            _ => $"read the event log 'Microsoft-Windows-Hyper-V-VMMS/Admin' of {host}.",
        };
}
