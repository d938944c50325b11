using ContainerHost.Machines;

namespace ContainerHost.Hosts.Life;

/// <summary>What was known of a host when a checkpoint of it was made; a file beside the machine, JSON with a schema version.</summary>
internal sealed record KeptHost
{
    public const int CurrentSchemaVersion = 1;
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>The hypervisor that has its memory, as templates are bound to it.</summary>
    public required string Hypervisor { get; init; }

    /// <summary>The machine's processors, memory and nesting, without which its memory does not fit.</summary>
    public required MachineSize Size { get; init; }

    public required HostState Host { get; init; }

    /// <summary>The text of the host's lock file; null where there was none yet.</summary>
    public string? LockFile { get; init; }
}
