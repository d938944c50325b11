using ContainerHost.Specification;

namespace ContainerHost.Machines.HyperV.Cim.Wmi;

/// <summary>The options of a session as data, worked out without the native library, so that they can be looked at anywhere.</summary>
internal sealed record MiPlan
{
    public bool UsesDcom { get; init; }

    public bool UseSsl { get; init; }

    /// <summary>5986 for HTTPS, 5985 for HTTP (Microsoft's reference of WinRM); 0 for DCOM, which has none of its own.</summary>
    public uint Port { get; init; }

    public HyperVAuthentication Mechanism { get; init; }

    public string? Domain { get; init; }

    public string? User { get; init; }

    /// <summary>The plan for a target; null when it is this machine, which needs no options.</summary>
    public static MiPlan? For(CimTarget target)
    {
        if (target.Computer is null)
            return null;
        var dcom = target.Transport == HyperVTransport.Dcom;
        var https = target.Transport == HyperVTransport.Https;
        var (domain, user) = Split(target.User);
        return new MiPlan
        {
            UsesDcom = dcom,
            UseSsl = https,
            Port =
                dcom ? 0u
                : https ? 5986u
                : 5985u,
            Mechanism = target.Authentication,
            Domain = domain,
            User = user,
        };
    }

    private static (string? Domain, string? User) Split(string? user)
    {
        var slash = user?.IndexOf('\\', StringComparison.Ordinal) ?? -1;
        return slash < 0 ? (null, user) : (user![..slash], user[(slash + 1)..]);
    }
}
