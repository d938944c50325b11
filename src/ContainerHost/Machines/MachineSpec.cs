using System.Text.Json.Serialization;
using ContainerHost.AnswerFiles;
using ContainerHost.Files;
using ContainerHost.Media;
using ContainerHost.Specification;

namespace ContainerHost.Machines;

/// <summary>The virtual machine that a host needs.</summary>
internal sealed record MachineSpec
{
    public required HostName Name { get; init; }

    /// <summary>Our mark on the machine; recorded before the machine exists, so that even a half-made one is found.</summary>
    public required Guid InstanceId { get; init; }

    public required HostFolder Folder { get; init; }
    public required Guest Guest { get; init; }
    public required int Cpus { get; init; }
    public required ByteSize Memory { get; init; }

    /// <summary>The disk's size as the guest sees it.</summary>
    public required ByteSize DiskSize { get; init; }

    public required BootMedia Boot { get; init; }
    public required SeedMedia Seed { get; init; }

    /// <summary>The disk and network adapter of a Windows guest on QEMU; other guests there have virtio always.</summary>
    public DeviceModel Devices { get; init; }

    /// <summary>True while the installation and answer media are in their drives.</summary>
    public bool HasMedia { get; init; } = true;

    /// <summary>True to expose virtualisation to the guest.</summary>
    public required bool Nested { get; init; }

    /// <summary>What the guest reaches by its own network.</summary>
    public GuestNetwork Network { get; init; }

    [JsonIgnore]
    public MachineSize Size
    {
        get => new(Cpus, Memory, Nested, Network);
        init => (Cpus, Memory, Nested, Network) = (value.Cpus, value.Memory, value.Nested, value.Network);
    }
}
