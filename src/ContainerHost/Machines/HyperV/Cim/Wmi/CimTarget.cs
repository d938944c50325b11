using ContainerHost.Specification;

namespace ContainerHost.Machines.HyperV.Cim.Wmi;

/// <summary>The host to reach and how: this machine (without a computer), or another over WS-Management or DCOM.</summary>
/// <remarks>
/// HTTPS by default, since a password must not travel in the clear; Negotiate is Kerberos inside a domain. A user is <c>DOMAIN\user</c>,
/// <c>user@domain</c> or <c>user</c>; none is whoever runs the build.
/// </remarks>
internal sealed record CimTarget(
    string? Computer,
    HyperVTransport Transport = HyperVTransport.Https,
    HyperVAuthentication Authentication = HyperVAuthentication.Negotiate,
    string? User = null,
    string? Password = null
)
{
    public string Title => Computer ?? "this machine";

    /// <summary>The target without its password.</summary>
    public override string ToString() => $"{Title} over {Transport}";
}
