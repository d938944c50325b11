using ContainerHost.Media;
using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>What differs between the spec a host was made from and the one asked for now, and what it would take.</summary>
public sealed record SpecChange(IReadOnlyList<string> ByPowerCycle, IReadOnlyList<string> ByRecreation)
{
    private static readonly Parameter[] Cycled = [new("cpus", spec => spec.Cpus), new("memory", spec => spec.Memory)];

    // Kinds of container and runtime are not in it, since later steps add them in place.
    private static readonly Parameter[] Recreated =
    [
        new("provider", spec => spec.Provider),
        new("guest", spec => spec.Guest.Id),
        new("disk-size", spec => spec.DiskSize),
        new("disk-image", spec => spec.DiskImage) { IsAddress = true },
        new("runtime-version", spec => spec.RuntimeVersion?.Text, "the guest's own package"),
        new("edition", spec => spec.Windows?.Edition),
        new("iso", spec => spec.Windows?.Iso, "the catalogue's") { IsAddress = true },
        new("installation", spec => spec.Windows?.Installation),
        new("devices", spec => spec.Windows?.Devices),
        new("virtio-drivers", spec => spec.Windows?.VirtioDrivers) { IsAddress = true },
        new("openssh-package", spec => spec.Windows?.OpenSshPackage) { IsAddress = true },
        new("docker-archive", spec => spec.Windows?.DockerArchive) { IsAddress = true },
        new("answer-file", spec => spec.AnswerFile),
        new("hyper-v-host", spec => spec.HyperV?.Computer, "this machine"),
        new("switch", spec => spec.HyperV?.Switch, "any"),
    ];

    /// <summary>Compares two specs.</summary>
    public static SpecChange Between(HostSpec had, HostSpec wanted) =>
        new(Compare(Cycled, had, wanted), Compare(Recreated, had, wanted));

    private static IReadOnlyList<string> Compare(Parameter[] parameters, HostSpec had, HostSpec wanted) =>
        [
            .. parameters
                .Where(parameter => parameter.Of(had) != parameter.Of(wanted))
                .Select(parameter =>
                    $"--{parameter.Name}: has {parameter.Shown(had)}, asked for {parameter.Shown(wanted)}"
                ),
        ];

    // A value as people read it, and what none means.
    private sealed record Parameter(string Name, Func<HostSpec, object?> Value, string None = "none")
    {
        // Names, passwords and queries of an address may be keys, and are not shown; then both may look alike.
        public bool IsAddress { get; init; }

        public string Of(HostSpec spec) => Value(spec)?.ToString() ?? None;

        public string Shown(HostSpec spec) => IsAddress ? PublicAddress.Of(Of(spec)) : Of(spec);
    }
}
