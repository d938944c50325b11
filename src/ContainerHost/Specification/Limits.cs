namespace ContainerHost.Specification;

/// <summary>What a spec may ask for.</summary>
internal static class Limits
{
    public const int MostCpus = 256;

    /// <summary>Debian with cloud-init and containerd runs in it.</summary>
    public static ByteSize LeastMemory { get; } = ByteSize.FromMiB(512);
    public static ByteSize MostMemory { get; } = ByteSize.FromGiB(4096);

    /// <summary>The base image and a runtime fit.</summary>
    public static ByteSize LeastDisk { get; } = ByteSize.FromGiB(4);

    /// <summary>Of a disk for data, which a file system fits on with room for its journal.</summary>
    public static ByteSize LeastDataDisk { get; } = ByteSize.FromGiB(1);
    public static ByteSize MostDisk { get; } = ByteSize.FromGiB(65536);

    /// <summary>Of a guest whose containers run in Kata's VMs, which have 2 GiB each by its own default.</summary>
    public static ByteSize LeastKataMemory { get; } = ByteSize.FromGiB(4);
}
