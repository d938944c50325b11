using System.Collections.Frozen;
using System.Globalization;
using ContainerHost.Specification;
using Microsoft.Management.Infrastructure;

namespace ContainerHost.Machines.HyperV.Cim.Wmi;

/// <summary>Turns the library's errors into ours, which keep the native code.</summary>
internal static class MiErrors
{
    private const string Hresult = "HRESULT 0x";
    private const string SystemError = "Windows System Error ";

    // Windows' own codes (winerror.h, winhttp.h, wbemcli.h, wsmerror.h), and what they say of a session.
    private static readonly FrozenDictionary<uint, CimFailure> Failures = new Dictionary<uint, CimFailure>
    {
        [0x8007052E] = CimFailure.WrongCredentials, // ERROR_LOGON_FAILURE
        [0x80070005] = CimFailure.AccessDenied, // E_ACCESSDENIED
        [0x80041003] = CimFailure.AccessDenied, // WBEM_E_ACCESS_DENIED
        [0x80041002] = CimFailure.NotFound, // WBEM_E_NOT_FOUND
        [0x8004100E] = CimFailure.Missing, // WBEM_E_INVALID_NAMESPACE
        [0x80041010] = CimFailure.Missing, // WBEM_E_INVALID_CLASS
        [0x80041008] = CimFailure.Refused, // WBEM_E_INVALID_PARAMETER
        [0x8004102E] = CimFailure.Refused, // WBEM_E_INVALID_METHOD
        [0x8004102F] = CimFailure.Refused, // WBEM_E_INVALID_METHOD_PARAMETERS
        [0x00040004] = CimFailure.TimedOut, // WBEM_S_TIMEDOUT, what local and DCOM sessions end with
        [0x80041069] = CimFailure.TimedOut, // WBEM_E_TIMED_OUT
        [0x80338029] = CimFailure.TimedOut, // ERROR_WSMAN_OPERATION_TIMEDOUT
        [0x803381DC] = CimFailure.TimedOut, // ERROR_WSMAN_SEMANTICCALLBACK_TIMEDOUT
        [0x80041033] = CimFailure.Unreachable, // WBEM_E_SHUTTING_DOWN
        [0x800706BA] = CimFailure.Unreachable, // RPC_S_SERVER_UNAVAILABLE
        [0x800706BE] = CimFailure.Unreachable, // RPC_S_CALL_FAILED
        [0x80010002] = CimFailure.Unreachable, // RPC_E_CALL_CANCELED
        [0x80338012] = CimFailure.Unreachable, // ERROR_WSMAN_DESTINATION_UNREACHABLE
        [0x80338126] = CimFailure.Unreachable, // ERROR_WSMAN_NETWORK_TIMEDOUT
        [0x803381B9] = CimFailure.Unreachable, // ERROR_WSMAN_NAME_NOT_RESOLVED
        [0x803381BA] = CimFailure.Unreachable, // ERROR_WSMAN_SSL_CONNECTION_ABORTED
        [0x803381DD] = CimFailure.Unreachable, // ERROR_WSMAN_SERVICE_REMOTE_ACCESS_DISABLED
        [0x803381FA] = CimFailure.Unreachable, // ERROR_WSMAN_CLIENT_SESSION_UNUSABLE
        [0x80072EE2] = CimFailure.Unreachable, // ERROR_WINHTTP_TIMEOUT
        [0x80072EE7] = CimFailure.Unreachable, // ERROR_WINHTTP_NAME_NOT_RESOLVED
        [0x80072EFD] = CimFailure.Unreachable, // ERROR_WINHTTP_CANNOT_CONNECT
        [0x80072EFE] = CimFailure.Unreachable, // ERROR_WINHTTP_CONNECTION_ERROR
        [0x80072F05] = CimFailure.Untrusted, // ERROR_WINHTTP_SECURE_CERT_DATE_INVALID
        [0x80072F06] = CimFailure.Untrusted, // ERROR_WINHTTP_SECURE_CERT_CN_INVALID
        [0x80072F0D] = CimFailure.Untrusted, // ERROR_WINHTTP_SECURE_INVALID_CA
        [0x80072F8F] = CimFailure.Untrusted, // ERROR_WINHTTP_SECURE_FAILURE
        [0x803380E4] = CimFailure.Untrusted, // ERROR_WSMAN_SERVER_NOT_TRUSTED
    }.ToFrozenDictionary();

    public static CimCallException From(CimException exception, string attempted, CimTarget target)
    {
        var (status, native) = ((uint)exception.StatusCode, (uint)exception.NativeErrorCode);
        var code = CodeOf(exception.MessageId) ?? CodeOf(exception.ErrorData) ?? (status == 0 ? native : status);
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
        : messageId.StartsWith(Hresult, StringComparison.OrdinalIgnoreCase)
        && uint.TryParse(
            messageId[Hresult.Length..],
            NumberStyles.HexNumber,
            CultureInfo.InvariantCulture,
            out var code
        )
            ? code
        : messageId.StartsWith(SystemError, StringComparison.OrdinalIgnoreCase)
        && ushort.TryParse(messageId[SystemError.Length..], CultureInfo.InvariantCulture, out var error)
            // HRESULT_FROM_WIN32 (winerror.h).
            ? 0x80070000 | error
        : null;

    // MSFT_WmiError has the code once more, where its type says that it is an HRESULT.
    private static uint? CodeOf(CimInstance? data)
    {
        var type = data?.CimInstanceProperties["error_Type"]?.Value as string;
        return
            type?.Equals("HRESULT", StringComparison.OrdinalIgnoreCase) == true
            && data!.CimInstanceProperties["error_Code"]?.Value is uint code
            && code != 0
            ? code
            : null;
    }

    private static CimFailure FailureOf(NativeErrorCode native, uint code) =>
        Failures.TryGetValue(code, out var known)
            ? known
            : native switch
            {
                NativeErrorCode.AccessDenied => CimFailure.AccessDenied,
                NativeErrorCode.NotFound => CimFailure.NotFound,
                NativeErrorCode.InvalidClass or NativeErrorCode.InvalidNamespace => CimFailure.Missing,
                NativeErrorCode.InvalidParameter or NativeErrorCode.MethodNotFound => CimFailure.Refused,
                NativeErrorCode.ServerIsShuttingDown => CimFailure.Unreachable,
                _ => CimFailure.Failed,
            };

    private static string TryFor(CimFailure failure, CimTarget target)
    {
        var host = target.Title;
        var https = target.Transport == HyperVTransport.Https;
        return failure switch
        {
            CimFailure.WrongCredentials => "correct --hyper-v-user and --hyper-v-password.",
            // WinRM tells a wrong password so too.
            CimFailure.AccessDenied when target.User is not null =>
                $"correct --hyper-v-user and --hyper-v-password, or use an account of {host} that is in its groups 'Hyper-V Administrators' and 'Remote Management Users'.",
            CimFailure.AccessDenied =>
                $"use an account of {host} that is in its group 'Hyper-V Administrators' (for a remote host in 'Remote Management Users' too), or run elevated.",
            CimFailure.Untrusted when https =>
                $"have {host}'s WinRM certificate bear the name that --hyper-v-host has, be in date, and be signed by an authority that this machine trusts.",
            CimFailure.Untrusted =>
                $"use --hyper-v-transport Https, join both machines to a domain, or add {host} to this machine's TrustedHosts ('winrm help config').",
            CimFailure.Unreachable or CimFailure.TimedOut when target.Computer is null =>
                $"see that the service winmgmt (Windows Management Instrumentation) runs on {host}.",
            CimFailure.Unreachable or CimFailure.TimedOut when target.Transport == HyperVTransport.Dcom =>
                $"see that {host} is on and its firewall lets Windows Management Instrumentation (DCOM, TCP 135) through.",
            CimFailure.Unreachable or CimFailure.TimedOut =>
                $"see that {host} is on, that its WinRM listener is set up ('winrm quickconfig{(https ? " -transport:https" : "")}') and the firewall lets TCP {MiPlan.For(target)!.Port} through.",
            CimFailure.Missing => $"see that the Hyper-V role is installed on {host} and the service vmms runs.",
            CimFailure.NotFound => "run the target again: it was there a moment ago, or somebody removed it.",
            _ => $"read the event log 'Microsoft-Windows-Hyper-V-VMMS/Admin' of {host}.",
        };
    }
}
