namespace ContainerHost.Specification;

/// <summary>What a spec may ask for.</summary>
internal static class Limits
{
    /// <summary>The most virtual processors.</summary>
    public const int MostCpus = 256;

    /// <summary>The least memory: Debian with cloud-init and containerd runs in it.</summary>
    public static ByteSize LeastMemory { get; } = ByteSize.FromMiB(512);

    /// <summary>The most memory.</summary>
    public static ByteSize MostMemory { get; } = ByteSize.FromGiB(4096);

    /// <summary>The least disk: the base image and a runtime fit.</summary>
    public static ByteSize LeastDisk { get; } = ByteSize.FromGiB(4);

    /// <summary>The most disk.</summary>
    public static ByteSize MostDisk { get; } = ByteSize.FromGiB(65536);

    /// <summary>The least memory of a guest whose containers run in Kata's VMs, which have 2 GiB each by its own default.</summary>
    public static ByteSize LeastKataMemory { get; } = ByteSize.FromGiB(4);
}
