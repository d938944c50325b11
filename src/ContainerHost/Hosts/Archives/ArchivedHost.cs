using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts.Life;
using ContainerHost.Machines;
using ContainerHost.Media;

namespace ContainerHost.Hosts.Archives;

/// <summary>A host in an archive: all that is known of it but the bytes of its files.</summary>
internal sealed record ArchivedHost
{
    public required HostState State { get; init; }

    /// <summary>The machine, without the place where it lay.</summary>
    public required MachineSpec Machine { get; init; }

    /// <summary>The text of its lock file; null for a host that has none yet.</summary>
    public string? LockFile { get; init; }

    public required IReadOnlyList<ArchivedCheckpoint> Checkpoints { get; init; }

    /// <summary>True where it has variables of its own for UEFI.</summary>
    public bool HasFirmware { get; init; }

    /// <summary>True where its answer medium is there still.</summary>
    public bool HasSeed { get; init; }

    /// <summary>The files of such a host, by their names in an archive, which are those in its folder too.</summary>
    public IReadOnlyList<(string Name, string Path)> FilesIn(HostFolder folder)
    {
        string?[] files =
        [
            Machine.Boot is BaseDisk ? folder.BaseDisk : null,
            folder.Disk,
            Machine.DataDisk is null ? null : folder.DataDisk,
            HasFirmware ? folder.Firmware : null,
            HasSeed ? folder.Seed : null,
            folder.Password,
            folder.ClientKey,
            folder.ClientPublicKey,
        ];
        return
        [
            .. files.OfType<string>().Select(path => (Path.GetFileName(path), path)),
            .. ArchivedBoot.FilesOf(Machine.Boot),
        ];
    }

    /// <summary>The machine, as it is where it was unpacked.</summary>
    public MachineSpec In(HostFolder folder) =>
        Machine with
        {
            Folder = folder,
            Boot = Machine.Boot is BaseDisk disk ? ArchivedBoot.In(disk, folder, folder.BaseDisk) : Machine.Boot,
            Seed = Machine.Seed with { IsoPath = folder.Seed },
        };

    /// <exception cref="BadArchiveException">The host is none that an archive may have.</exception>
    public IReadOnlyList<string> FileNames()
    {
        HostState[] states = [State, .. Checkpoints.Select(one => one.Kept.Host)];
        if (states.FirstOrDefault(state => state.SchemaVersion != HostState.CurrentSchemaVersion) is { } other)
            throw new BadArchiveException(
                $"has a host of format {other.SchemaVersion}, not {HostState.CurrentSchemaVersion}"
            );
        if (Checkpoints.FirstOrDefault(one => one.Kept.SchemaVersion != KeptHost.CurrentSchemaVersion) is { } later)
            throw new BadArchiveException($"has a checkpoint of format {later.Kept.SchemaVersion}");
        // The pin becomes a line of a file that ssh reads.
        if (State.HostPublicKey is not { } pin || pin.Any(char.IsControl))
            throw new BadArchiveException("has a host whose key is not known");
        if (State.Find(Step.CreateVm) is not { IsDone: true })
            throw new BadArchiveException("has a host that was never finished");
        // An archive must not choose a file of this machine for a drive.
        if (Machine.HasMedia && !State.Spec.Guest.Family.KnowsVirtio)
            throw new BadArchiveException("has a machine with media in its drives");
        foreach (var one in Checkpoints)
            try
            {
                CheckpointName.Require(one.Name);
            }
            catch (InvalidInputException wrong)
            {
                throw new BadArchiveException($"has a checkpoint without a name: {wrong.Problems[0]}", wrong);
            }
        return [.. FilesIn(new HostFolder("")).Select(file => file.Name)];
    }
}
