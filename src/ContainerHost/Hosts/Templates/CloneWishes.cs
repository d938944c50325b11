using ContainerHost.Specification;
using ContainerHost.Specification.Parameters;

namespace ContainerHost.Hosts.Templates;

/// <summary>What clones may have of their own: an end of their life, a private network, of which each of several has the next address, and ports and folders of this machine.</summary>
internal sealed record CloneWishes(DateTimeOffset? ExpiresAt, PrivateNetwork? PrivateNetwork)
{
    public static CloneWishes None { get; } = new(null, null);

    /// <summary>The names of the parameters that a clone may have of its own; all others are its template's.</summary>
    public static IReadOnlyList<string> Parameters { get; } =
    ["lifetime", "checks", "private-network", "forward", "mount", "provision-as", "check"];

    /// <summary>The lab that they are made for; null for none.</summary>
    public HostName? Lab { get; init; }

    /// <summary>Whether the template is kept from removal meanwhile; true unless the caller does so.</summary>
    public bool HoldsTemplate { get; init; } = true;

    /// <summary>The ports that lead to the first; to each further one those after them. Null for none.</summary>
    public PortForwards? Forward { get; init; }

    /// <summary>The folders of this machine that each has; null for none.</summary>
    public FolderMounts? Mount { get; init; }

    /// <summary>Checks of the user's own as they are typed; null for the template's.</summary>
    public string? Checks { get; init; }

    /// <summary>What was typed that would make another host; what is set once for all of a pipeline's hosts is passed over.</summary>
    public static IEnumerable<string> ProblemsOf(HostRequest request) =>
        from one in HostParameters.All
        where
            one.Change is not (Change.ThisRun or Change.InPlace)
            && one.Name != "provider"
            && !Parameters.Contains(one.Name)
            && request[one.Name] is not null
            && request.OriginOf(one.Name)?.Words == ParameterOrigin.CommandLine
        select $"--{one.Name} is the template's: a clone has its own {string.Join(", ", Parameters)} only.";

    /// <summary>What a request, which was found to be good, asks for.</summary>
    public static CloneWishes Of(HostRequest request, DateTimeOffset now) =>
        new(
            Lifetime.EndOf(request, had: null, now),
            request["private-network"] is { } text && PrivateNetwork.TryParse(text, out var network) ? network : null
        )
        {
            Checks = request["check"],
            Forward = request["forward"] is { } ports ? PortForwards.Read(ports, []) : null,
            Mount = request["mount"] is { } folders ? FolderMounts.Need(folders) : null,
        };
}
