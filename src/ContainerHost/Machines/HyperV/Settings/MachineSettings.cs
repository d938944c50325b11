using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Specification;

namespace ContainerHost.Machines.HyperV.Settings;

/// <summary>From what is wanted of a machine to Hyper-V's settings of it, as pure functions.</summary>
internal static class MachineSettings
{
    /// <summary>AutomaticStartupAction 4, "Always startup" (Microsoft's reference of CIM_VirtualSystemSettingData).</summary>
    public const ushort AlwaysStart = 4;

    // By the same reference AutomaticStartupAction 2 is none; AutomaticShutdownAction 4 is shut down (a nesting machine cannot be saved).
    private const ushort StartNothing = 2;
    private const ushort ShutDown = 4;

    /// <summary>UserSnapshotType 5, "Test": with memory and devices (Microsoft's reference of Msvm_VirtualSystemSettingData).</summary>
    public const ushort StandardCheckpoints = 5;

    private const string WindowsTemplate = "1734c6e8-3154-4dda-ba5f-a874cc483422";
    private const string UefiAuthorityTemplate = "272e7447-90a4-4563-a4b9-8e4ab00526ce";

    /// <summary>A machine of generation 2 with secure boot, whose files all lie in its own folder.</summary>
    public static CimObject System(MachineSpec spec, HyperVPaths paths, int build)
    {
        var settings = new CimObject("Msvm_VirtualSystemSettingData").With(
            CimProperty.String("ElementName", spec.Title),
            CimProperty.String("VirtualSystemSubType", "Microsoft:Hyper-V:SubType:2"),
            CimProperty.Strings("Notes", OwnershipMark.NotesFor(spec)),
            CimProperty.Boolean("SecureBootEnabled", true),
            CimProperty.String("SecureBootTemplateId", TemplateFor(spec.Guest.Family.SecureBoot)),
            CimProperty.UInt16("AutomaticStartupAction", StartNothing),
            CimProperty.UInt16("AutomaticShutdownAction", ShutDown),
            CimProperty.UInt16("UserSnapshotType", StandardCheckpoints),
            CimProperty.String("ConfigurationDataRoot", paths.Machine(spec.InstanceId)),
            CimProperty.String("SnapshotDataRoot", paths.Machine(spec.InstanceId)),
            CimProperty.String("SwapFileDataRoot", paths.Machine(spec.InstanceId))
        );
        // An older host refuses what its class does not have (MicrosoftDocs/win32, msvm-virtualsystemsettingdata.md: "added in Windows 10, version 1709").
        return build >= WindowsBuilds.Windows10Version1709
            ? settings.With(CimProperty.Boolean("AutomaticSnapshotsEnabled", false))
            : settings;
    }

    /// <summary>Static memory, in MiB: a host that runs machines of its own cannot give memory back.</summary>
    public static CimObject Memory(CimObject current, ByteSize memory) =>
        current.With(
            CimProperty.Boolean("DynamicMemoryEnabled", false),
            CimProperty.UInt64("VirtualQuantity", (ulong)memory.MiB),
            CimProperty.UInt64("Reservation", (ulong)memory.MiB),
            CimProperty.UInt64("Limit", (ulong)memory.MiB)
        );

    public static CimObject Processors(CimObject current, int count, bool nested) =>
        current.With(
            CimProperty.UInt64("VirtualQuantity", (ulong)count),
            CimProperty.Boolean("ExposeVirtualizationExtensions", nested)
        );

    /// <summary>A drive at a place of its controller.</summary>
    public static CimObject Drive(CimObject defaults, string controller, int place) =>
        defaults.With(CimProperty.String("Parent", controller), CimProperty.String("AddressOnParent", $"{place}"));

    /// <summary>A disk file in its drive.</summary>
    public static CimObject Disk(CimObject defaults, string drive, string file) =>
        defaults.With(CimProperty.String("Parent", drive), CimProperty.Strings("HostResource", file));

    /// <summary>The adapter that leads outside, with that address, or one that the host draws: twelve digits without anything between (Set-VMNetworkAdapter).</summary>
    public static CimObject Port(CimObject defaults, string? mac)
    {
        var port = defaults.With(
            CimProperty.String("ElementName", "Network Adapter"),
            CimProperty.Strings("VirtualSystemIdentifiers", $"{{{Guid.NewGuid():D}}}"),
            CimProperty.Boolean("StaticMacAddress", mac is not null)
        );
        return mac is null ? port : port.With(CimProperty.String("Address", Digits(mac)));
    }

    /// <summary>The adapter on a private network, which the guest knows by its address.</summary>
    public static CimObject PrivatePort(CimObject defaults, string mac) =>
        Port(defaults, mac).With(CimProperty.String("ElementName", "Private Network Adapter"));

    public static bool IsPrivatePort(CimObject port) =>
        port.Text("Address").StartsWith(Digits(MachineSpec.PrivateMacPrefix), StringComparison.OrdinalIgnoreCase);

    private static string Digits(string mac) => mac.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant();

    public static CimObject Connection(CimObject defaults, string port, string networkSwitch) =>
        defaults.With(
            CimProperty.String("Parent", port),
            CimProperty.Strings("HostResource", networkSwitch),
            CimProperty.UInt16("EnabledState", 2)
        );

    public static CimObject SerialPipe(CimObject current, Guid mark) =>
        current.With(CimProperty.Strings("Connection", HyperVPaths.SerialPipe(mark)));

    /// <summary>The same security settings with MAC spoofing as wanted.</summary>
    public static CimObject Security(CimObject defaults, bool macSpoofing) =>
        defaults.With(CimProperty.Boolean("AllowMacSpoofing", macSpoofing));

    /// <summary>The machine starts with its host, whatever it did before, or stays off.</summary>
    public static CimObject Autostart(CimObject system, bool on) =>
        system.With(CimProperty.UInt16("AutomaticStartupAction", on ? AlwaysStart : StartNothing));

    /// <summary>The machine boots from these, the first that starts. A device's boot source is named after the device's settings.</summary>
    public static CimObject BootFrom(CimObject system, IEnumerable<string> order) =>
        system.With(CimProperty.Strings("BootSourceOrder", [.. order]));

    /// <summary>A differencing disk on another (Microsoft's reference of Msvm_VirtualHardDiskSettingData: type 4).</summary>
    public static CimObject DifferencingDisk(string path, string parent) =>
        Vhdx(4, path).With(CimProperty.String("ParentPath", parent));

    /// <summary>An empty disk that grows as it is written to (type 3 is dynamic).</summary>
    public static CimObject EmptyDisk(string path, ByteSize size) =>
        Vhdx(3, path).With(CimProperty.UInt64("MaxInternalSize", (ulong)size.Bytes));

    /// <summary>A copy of another disk, which grows as it is written to: zeros stand for the default sizes, and must be given (the method's reference).</summary>
    public static CimObject CopiedDisk(string path) =>
        Vhdx(3, path)
            .With(
                CimProperty.String("ParentPath", null),
                CimProperty.UInt32("BlockSize", 0),
                CimProperty.UInt32("LogicalSectorSize", 0)
            );

    // Format 3 is VHDX.
    private static CimObject Vhdx(ushort type, string path) =>
        new CimObject("Msvm_VirtualHardDiskSettingData").With(
            CimProperty.UInt16("Type", type),
            CimProperty.UInt16("Format", 3),
            CimProperty.String("Path", path)
        );

    private static string TemplateFor(SecureBootTemplate template) =>
        template switch
        {
            SecureBootTemplate.MicrosoftWindows => WindowsTemplate,
            SecureBootTemplate.MicrosoftUefiCertificateAuthority => UefiAuthorityTemplate,
            _ => throw new ArgumentOutOfRangeException(nameof(template), template, "no such template is known"),
        };
}
