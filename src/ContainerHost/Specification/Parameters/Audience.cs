namespace ContainerHost.Specification.Parameters;

/// <summary>Which hosts a parameter is for, in words, and what is told to those that it is not for.</summary>
internal sealed record Audience(string Words, Func<HostSpec, bool> Includes, string Needs)
{
    public static Audience Any { get; } = new("any host", _ => true, "");

    public static Audience Windows { get; } =
        new(
            "Windows guests",
            spec => spec.Windows is not null,
            "needs a Windows guest, such as --guest windows-server-2022."
        );

    public static Audience HyperV { get; } =
        new("Hyper-V", spec => spec.HyperV is not null, $"needs --provider {nameof(Provider.HyperV)}.");
}
