using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>What differs between the spec a host was made from and the one asked for now, and what it would take.</summary>
public sealed record SpecChange(IReadOnlyList<string> ByPowerCycle, IReadOnlyList<string> ByRecreation)
{
    /// <summary>Compares two specs; kinds of container and runtime are not in it, since later steps add them in place.</summary>
    public static SpecChange Between(HostSpec had, HostSpec wanted)
    {
        var cycle = new List<string>();
        var recreate = new List<string>();
        Compare(cycle, "cpus", had.Cpus, wanted.Cpus);
        Compare(cycle, "memory", had.Memory, wanted.Memory);
        Compare(recreate, "provider", had.Provider, wanted.Provider);
        Compare(recreate, "guest", had.Guest.Id, wanted.Guest.Id);
        Compare(recreate, "disk-size", had.DiskSize, wanted.DiskSize);
        Compare(recreate, "disk-image", had.DiskImage ?? "none", wanted.DiskImage ?? "none");
        Compare(
            recreate,
            "runtime-version",
            had.RuntimeVersion?.Text ?? "the guest's own package",
            wanted.RuntimeVersion?.Text ?? "the guest's own package"
        );
        Compare(recreate, "edition", $"{had.Windows?.Edition}", $"{wanted.Windows?.Edition}");
        Compare(recreate, "iso", had.Windows?.Iso ?? "the catalogue's", wanted.Windows?.Iso ?? "the catalogue's");
        Compare(recreate, "installation", $"{had.Windows?.Installation}", $"{wanted.Windows?.Installation}");
        Compare(
            recreate,
            "docker-archive",
            had.Windows?.DockerArchive ?? "none",
            wanted.Windows?.DockerArchive ?? "none"
        );
        Compare(recreate, "devices", $"{had.Windows?.Devices}", $"{wanted.Windows?.Devices}");
        Compare(
            recreate,
            "virtio-drivers",
            had.Windows?.VirtioDrivers ?? "none",
            wanted.Windows?.VirtioDrivers ?? "none"
        );
        Compare(recreate, "answer-file", had.AnswerFile ?? "none", wanted.AnswerFile ?? "none");
        Compare(
            recreate,
            "hyper-v-host",
            had.HyperV?.Computer ?? "this machine",
            wanted.HyperV?.Computer ?? "this machine"
        );
        Compare(recreate, "switch", had.HyperV?.Switch ?? "any", wanted.HyperV?.Switch ?? "any");
        return new SpecChange(cycle, recreate);
    }

    private static void Compare<T>(List<string> differences, string parameter, T had, T wanted)
        where T : notnull
    {
        if (!had.Equals(wanted))
            differences.Add($"--{parameter}: has {had}, asked for {wanted}");
    }
}
