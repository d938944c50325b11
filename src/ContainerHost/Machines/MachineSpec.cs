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

    /// <summary>The serial port of a template's guest by which clones get their identity: its name below /dev/virtio-ports.</summary>
    public const string IdentityPort = "org.containerhost.identity";

    /// <summary>The mark that the machine had where it was imported from, by which its guest knows its adapters; null where it has that still.</summary>
    public Guid? AddressedAs { get; init; }

    /// <summary>A clone's own MAC address, in QEMU's range.</summary>
    [JsonIgnore]
    public string Mac => MacOf(AddressedAs ?? InstanceId);

    /// <summary>The same for any machine's mark.</summary>
    public static string MacOf(Guid instanceId)
    {
        var bytes = instanceId.ToByteArray();
        return $"52:54:00:{bytes[0]:x2}:{bytes[1]:x2}:{bytes[2]:x2}";
    }

    /// <summary>That address where the machine is to have it from its first start on, as clones do; null where its hypervisor may choose.</summary>
    [JsonIgnore]
    public string? OwnMac => Saved is not null || (Boot is BaseDisk { OfTemplate: true } && !KeepsMemory) ? Mac : null;

    /// <summary>True for the copy of a host that becomes a template; false by default.</summary>
    public bool IsTemplate { get; init; }

    /// <summary>What it is called among its hypervisor's machines: as its host, of which a template's copy is another.</summary>
    [JsonIgnore]
    public string Title => IsTemplate ? $"{Name} (template)" : Name.Value;

    public required HostFolder Folder { get; init; }
    public required Guest Guest { get; init; }
    public required int Cpus { get; init; }
    public required ByteSize Memory { get; init; }

    /// <summary>The disk's size as the guest sees it.</summary>
    public required ByteSize DiskSize { get; init; }

    /// <summary>The size of its disk for data; null for none.</summary>
    public ByteSize? DataDisk { get; init; }

    /// <summary>That disk's serial number, by which a guest on QEMU finds it: at most 20 characters (virtio's specification, "Device Operation" of block devices).</summary>
    public const string DataDiskSerial = "containerhost-data";

    /// <summary>Its place on the SCSI controller, by which a guest on Hyper-V finds it: behind those of drives for media.</summary>
    public const int DataDiskPlace = 8;

    public required BootMedia Boot { get; init; }
    public required SeedMedia Seed { get; init; }

    /// <summary>The disk and network adapter of a Windows guest on QEMU; other guests there have virtio always.</summary>
    public DeviceModel Devices { get; init; }

    /// <summary>True while the installation and answer media are in their drives.</summary>
    public bool HasMedia { get; init; } = true;

    /// <summary>True to expose virtualisation to the guest.</summary>
    public required bool Nested { get; init; }

    /// <summary>True to keep the guest's memory in a file, as a template does, so that others can go on with it; false by default.</summary>
    public bool KeepsMemory { get; init; }

    /// <summary>True where the guest gives memory back that it has freed (QEMU); false by default, as for machines whose checkpoints know nothing of the device for that.</summary>
    public bool ReturnsMemory { get; init; }

    /// <summary>What the machine goes on with at its first start; null for one that boots.</summary>
    [JsonIgnore]
    public SavedMachine? Saved => (Boot as BaseDisk)?.Saved;

    /// <summary>What the guest reaches by its own network.</summary>
    public GuestNetwork Network { get; init; }

    /// <summary>The private network that its second adapter is on; null for none.</summary>
    public HostName? PrivateNetwork { get; init; }

    /// <summary>That adapter's MAC address, of a kind by which guests know it.</summary>
    [JsonIgnore]
    public string PrivateMac => PrivateMacOf(AddressedAs ?? InstanceId);

    /// <summary>How every such address begins.</summary>
    public const string PrivateMacPrefix = "52:54:01";

    /// <summary>The same for any machine's mark.</summary>
    public static string PrivateMacOf(Guid instanceId) => $"{PrivateMacPrefix}{MacOf(instanceId)[8..]}";

    /// <summary>The same machine with another size of one of its disks.</summary>
    public MachineSpec WithSize(MachineDisk disk, ByteSize size) =>
        disk == MachineDisk.Data ? this with { DataDisk = size } : this with { DiskSize = size };

    [JsonIgnore]
    public MachineSize Size
    {
        get => new(Cpus, Memory, Nested, Network);
        init => (Cpus, Memory, Nested, Network) = (value.Cpus, value.Memory, value.Nested, value.Network);
    }
}
