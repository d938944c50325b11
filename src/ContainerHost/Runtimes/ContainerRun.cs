using ContainerHost.Specification;

namespace ContainerHost.Runtimes;

/// <summary>A container to run.</summary>
internal sealed record ContainerRun
{
    /// <summary>Unique in the guest.</summary>
    public required string Name { get; init; }

    public required string Image { get; init; }

    public Isolation Isolation { get; init; } = Isolation.Process;

    /// <summary>The image's own when empty.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The image's entry point, for a client that puts <see cref="Command"/> in its place instead of behind it.</summary>
    public IReadOnlyList<string> EntryPoint { get; init; } = [];

    /// <summary>The container's name by default.</summary>
    public string? HostName { get; init; }

    public IReadOnlyList<SharedFolder> SharedFolders { get; init; } = [];

    /// <summary>What the machine of a VM-isolated container is asked while it runs; its answer ends it. Null to wait for the end of its command.</summary>
    public HttpProbe? Probe { get; init; }
}

/// <summary>A folder of the guest seen in a container at <paramref name="Target"/>.</summary>
internal sealed record SharedFolder(string Source, string Target, bool ReadOnly);
