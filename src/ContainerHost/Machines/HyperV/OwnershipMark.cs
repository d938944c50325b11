using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.Machines.HyperV;

/// <summary>Our mark on a machine: lines of its notes. A machine without it is never touched.</summary>
internal static class OwnershipMark
{
    private const string Mark = "containerhost-mark: ";

    public static string NotesFor(MachineSpec spec) =>
        string.Join(
            '\n',
            "Made by ContainerHost; 'Destroy' removes it. Keep the next lines: they say whose it is.",
            $"{Mark}{spec.InstanceId:D}",
            $"containerhost-media: {spec.Boot.Fingerprint}"
        );

    /// <summary>The mark in the notes, or null when the machine is not ours.</summary>
    public static Guid? ReadFrom(CimObject settings) =>
        (settings.Get<string[]>("Notes") ?? [])
            .SelectMany(note => note.Split('\n', StringSplitOptions.TrimEntries))
            .Where(line => line.StartsWith(Mark, StringComparison.Ordinal))
            .Select(line => Guid.TryParse(line[Mark.Length..], out var mark) ? mark : (Guid?)null)
            .FirstOrDefault();
}
