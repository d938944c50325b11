using ContainerHost.Specification;

namespace ContainerHost.Machines.HyperV.Cim.Wmi;

/// <summary>The host to reach and how: this machine, or another over WS-Management or DCOM.</summary>
/// <param name="Computer">Its name or address; null for this machine.</param>
/// <param name="Transport">HTTPS by default: a password must not travel in the clear.</param>
/// <param name="Authentication">Negotiate by default, which is Kerberos inside a domain.</param>
/// <param name="User">As <c>DOMAIN\user</c>, <c>user@domain</c> or <c>user</c>; null for whoever runs the build.</param>
/// <param name="Password">A secret.</param>
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
