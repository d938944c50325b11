namespace ContainerHost.Specification.Parameters;

/// <summary>Which hosts a parameter is for, in words, and what is told to those that it is not for.</summary>
internal sealed record Audience
{
    private Audience(string words, Func<HostSpec, bool> includes, string needs)
    {
        Words = words;
        Includes = includes;
        Needs = needs;
    }

    /// <summary>Any host.</summary>
    public static Audience Any { get; } = new("any host", _ => true, "");

    /// <summary>Hosts whose guest is Windows Server.</summary>
    public static Audience Windows { get; } =
        new(
            "Windows guests",
            spec => spec.Windows is not null,
            "needs a Windows guest, such as --guest windows-server-2022."
        );

    /// <summary>Hosts on Hyper-V.</summary>
    public static Audience HyperV { get; } =
        new("Hyper-V", spec => spec.HyperV is not null, $"needs --provider {nameof(Provider.HyperV)}.");

    /// <summary>The hosts in words, for documents.</summary>
    public string Words { get; }

    internal Func<HostSpec, bool> Includes { get; }

    internal string Needs { get; }
}
