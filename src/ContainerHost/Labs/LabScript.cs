using ContainerHost.Specification;

namespace ContainerHost.Labs;

/// <summary>A script that sets a guest up, as it was read with its lab file.</summary>
internal sealed record LabScript(string Path, byte[] Content)
{
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>By what a host knows that it ran: its name and the short hash of its content.</summary>
    public string Mark => $"{Name} {Fingerprint.OfBytes(Content)}";
}
