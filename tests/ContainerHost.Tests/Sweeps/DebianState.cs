namespace ContainerHost.Tests.Sweeps;

/// <summary>What a scripted guest is made of, as its disk would have it.</summary>
internal sealed class DebianState
{
    public Guid MachineId { get; init; } = Guid.NewGuid();
    public string BootId { get; set; } = $"{Guid.NewGuid()}";
    public HashSet<string> Uploads { get; init; } = [];
    public HashSet<string> BuiltImages { get; init; } = [];
    public HashSet<string> Images { get; init; } = [];
    public HashSet<string> Networks { get; init; } = [];

    /// <summary>Containers, and whether each runs.</summary>
    public Dictionary<string, bool> Containers { get; init; } = [];

    public bool HasPackages { get; set; }
    public bool HasRelease { get; set; }
    public bool IsActive { get; set; }
    public string? Root { get; set; }
    public string Shared { get; set; } = "";

    public void Reboot()
    {
        BootId = $"{Guid.NewGuid()}";
        IsActive = HasPackages && HasRelease;
        Networks.Clear();
        Root = null;
        foreach (var name in Containers.Keys.ToList())
            Containers[name] = false;
    }
}
