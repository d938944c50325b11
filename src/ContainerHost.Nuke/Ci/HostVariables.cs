using ContainerHost.Specification;

namespace ContainerHost.Targets.Ci;

/// <summary>One host of a plan, by the environment variables that the build reads it from: nothing is pasted into a command.</summary>
internal sealed record HostVariables(string Guest, string Runtime, string Isolation)
{
    public const string GuestName = "NUKE_GUEST";
    public const string RuntimeName = "NUKE_RUNTIME";
    public const string IsolationName = "NUKE_ISOLATION";

    /// <summary>What the job asks for; it runs on Linux, wherever its file is written.</summary>
    public HostRequest Request =>
        new HostRequest()
            .With("provider", "Qemu")
            .With("guest", Guest)
            .With("runtime", Runtime)
            .With("isolation", Isolation);

    /// <summary>A name that has letters, digits and underscores only.</summary>
    public string Identifier =>
        string.Concat($"{Guest}_{Runtime}_{Isolation}".Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    public YamlMap Variables =>
        new()
        {
            { GuestName, Guest },
            { RuntimeName, Runtime },
            { IsolationName, Isolation },
        };
}
