using ContainerHost.Specification;

namespace ContainerHost.Runtimes;

/// <summary>A container to run.</summary>
internal sealed record ContainerRun
{
    /// <summary>The container's name, unique in the guest.</summary>
    public required string Name { get; init; }

    /// <summary>The image.</summary>
    public required string Image { get; init; }

    /// <summary>The kind: <see cref="Specification.Isolation.Process"/> (default) or <see cref="Specification.Isolation.HyperV"/>.</summary>
    public Isolation Isolation { get; init; } = Isolation.Process;

    /// <summary>The command with its arguments; the image's own when empty.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The container's own host name; its name by default.</summary>
    public string? HostName { get; init; }

    /// <summary>Folders of the guest shared with the container.</summary>
    public IReadOnlyList<SharedFolder> SharedFolders { get; init; } = [];
}

/// <summary>A folder of the guest seen in a container at <paramref name="Target"/>.</summary>
internal sealed record SharedFolder(string Source, string Target, bool ReadOnly);
