using System.Globalization;
using ContainerHost.Specification;
using Microsoft.Management.Infrastructure;

namespace ContainerHost.Machines.HyperV.Cim.Wmi;

/// <summary>Turns the library's errors into ours, which keep the native code.</summary>
internal static class MiErrors
{
    private const string Hresult = "HRESULT 0x";
    private const string SystemError = "Windows System Error ";

    // Codes of Windows and WinRM (winerror.h, wsmerror.h).
    private const uint LogonFailure = 0x8007052E;
    private const uint RpcUnavailable = 0x800706BA;
    private const uint WinRmCannotConnect = 0x80338012;
    private const uint WinRmNoResponse = 0x80338126;
    private const uint WinRmAccessDenied = 0x80070005;

    public static CimCallException From(CimException exception, string attempted, CimTarget target)
    {
        var (status, native) = ((uint)exception.StatusCode, (uint)exception.NativeErrorCode);
        var code = CodeOf(exception.MessageId) ?? (status == 0 ? native : status);
        return Make(native, code, exception.Message, attempted, target, exception);
    }

    internal static CimCallException Make(
        uint native,
        uint code,
        string message,
        string attempted,
        CimTarget target,
        Exception? inner = null
    )
    {
        var failure = FailureOf((NativeErrorCode)native, code);
        return new CimCallException(
            failure,
            code,
            attempted,
            $"{target.Title}: {message.Trim()} (0x{code:X8})",
            TryFor(failure, target),
            inner: inner
        );
    }

    /// <summary>The code that Windows itself gave, as an HRESULT: the library has it in the id of the message, the status beside it is one of CIM's few.</summary>
    internal static uint? CodeOf(string? messageId) =>
        messageId is null ? null
        : messageId.StartsWith(Hresult, StringComparison.Ordinal)
        && uint.TryParse(
            messageId[Hresult.Length..],
            NumberStyles.HexNumber,
            CultureInfo.InvariantCulture,
            out var code
        )
            ? code
        : messageId.StartsWith(SystemError, StringComparison.Ordinal)
        && ushort.TryParse(messageId[SystemError.Length..], CultureInfo.InvariantCulture, out var error)
            // HRESULT_FROM_WIN32 (winerror.h).
            ? 0x80070000 | error
        : null;

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

    private static string TryFor(CimFailure failure, CimTarget target)
    {
        var host = target.Title;
        return failure switch
        {
            CimFailure.WrongCredentials => "correct --hyper-v-user and --hyper-v-password.",
            CimFailure.AccessDenied =>
                $"use an account of {host} that is in its group 'Hyper-V Administrators' (for a remote host in 'Remote Management Users' too), or run elevated.",
            CimFailure.Unreachable when target.Computer is null =>
                $"see that the service winmgmt (Windows Management Instrumentation) runs on {host}.",
            CimFailure.Unreachable when target.Transport == HyperVTransport.Dcom =>
                $"see that {host} is on and its firewall lets Windows Management Instrumentation (DCOM, TCP 135) through.",
            CimFailure.Unreachable =>
                $"see that {host} is on, that its WinRM listener is set up ('winrm quickconfig{(target.Transport == HyperVTransport.Https ? " -transport:https" : "")}') and the firewall lets TCP {MiPlan.For(target)!.Port} through.",
            CimFailure.NotFound => $"see that the Hyper-V role is installed on {host} and the service vmms runs.",
            _ => $"read the event log 'Microsoft-Windows-Hyper-V-VMMS/Admin' of {host}.",
        };
    }
}
