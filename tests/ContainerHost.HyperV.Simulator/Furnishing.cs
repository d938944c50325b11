using ContainerHost.HyperV.Simulator.Schema;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Settings;

namespace ContainerHost.HyperV.Simulator;

/// <summary>What a freshly installed host has: services, settings, pools with their defaults, switches.</summary>
internal static class Furnishing
{
    private const string HostName = "SIMULATED";
    private const string SecurityFeature = "776E0BA7-94A1-41C8-8F28-951F524251B5";
    private const string DefaultSwitch = "C08CB7B8-9B3C-408E-8E30-5E16A3AEB444";

    private static readonly ResourceKind[] Kinds =
    [
        ResourceKind.Processor,
        ResourceKind.Memory,
        ResourceKind.ScsiController,
        ResourceKind.DiskDrive,
        ResourceKind.HardDisk,
        ResourceKind.DvdDrive,
        ResourceKind.DvdDisk,
        ResourceKind.EthernetPort,
        ResourceKind.EthernetConnection,
        ResourceKind.SerialPort,
    ];

    public static void Apply(SimulatedHost host)
    {
        foreach (
            var service in new[]
            {
                "Msvm_VirtualSystemManagementService",
                "Msvm_ImageManagementService",
                "Msvm_VirtualEthernetSwitchManagementService",
                "Msvm_VirtualSystemSnapshotService",
            }
        )
            Put(
                host,
                service,
                ("SystemCreationClassName", "Msvm_ComputerSystem"),
                ("SystemName", HostName),
                ("CreationClassName", service),
                ("Name", service[5..])
            );
        Put(
            host,
            "Msvm_VirtualSystemManagementServiceSettingData",
            ("InstanceID", $@"Microsoft:{HostName}"),
            ("DefaultVirtualHardDiskPath", SimulatedHost.DiskFolder),
            ("DefaultExternalDataRoot", @"D:\Hyper-V")
        );
        // The host itself is a computer system among the machines, told from them by nothing that is not localised.
        Put(
            host,
            "Msvm_ComputerSystem",
            ("CreationClassName", "Msvm_ComputerSystem"),
            ("Name", HostName),
            ("ElementName", HostName),
            ("Caption", host.Say("Hosting Computer System"))
        );
        foreach (var kind in Kinds)
            AddPool(host, kind);
        AddVersions(host);
        AddPortSecurity(host);
        AddSwitches(host);
    }

    private static void AddVersions(SimulatedHost host)
    {
        var service = host.Only("Msvm_VirtualSystemManagementService").Stored;
        var capabilities = Put(
            host,
            "Msvm_VirtualSystemManagementCapabilities",
            ("InstanceID", "Microsoft:Versions")
        ).Stored;
        host.Store.Relate("Msvm_ElementCapabilities", service, capabilities);
        foreach (var version in host.Options.ConfigurationVersions)
        {
            var settings = Put(
                host,
                "Msvm_VirtualSystemSettingData",
                ("InstanceID", $@"Microsoft:Definition\{version}"),
                ("VirtualSystemType", "Microsoft:Hyper-V:System:Definition"),
                ("Version", version)
            );
            host.Store.Relate("Msvm_SettingsDefineCapabilities", capabilities, settings.Stored);
        }
    }

    private static void AddPool(SimulatedHost host, ResourceKind kind)
    {
        var id = kind.SubType.Replace("Microsoft:Hyper-V:", "", StringComparison.Ordinal);
        var pool = new CimObject("Msvm_ResourcePool").With(
            CimProperty.String("InstanceID", $"Microsoft:{id}\\Root"),
            CimProperty.String("ResourceSubType", kind.SubType),
            CimProperty.Boolean("Primordial", true)
        );
        var poolPath = host.Store.Put(pool).Stored;
        var capabilities = Put(
            host,
            "Msvm_AllocationCapabilities",
            ("InstanceID", $"Microsoft:{id}\\Root"),
            ("ResourceSubType", kind.SubType)
        ).Stored;
        host.Store.Relate("Msvm_ElementCapabilities", poolPath, capabilities);
        foreach (var role in new[] { "Minimum", "Maximum", "Increment", "Default" })
        {
            var settings = Put(
                host,
                kind.ClassName,
                ("InstanceID", $@"Microsoft:Definition\{id}\{role}"),
                ("ResourceSubType", kind.SubType),
                ("ElementName", NameOf(host, kind))
            );
            host.Store.Relate("Msvm_SettingsDefineCapabilities", capabilities, settings.Stored);
        }
    }

    private static string NameOf(SimulatedHost host, ResourceKind kind) =>
        kind == ResourceKind.Processor ? host.Say("Processor")
        : kind == ResourceKind.Memory ? host.Say("Memory")
        : host.Say("Device");

    private static void AddPortSecurity(SimulatedHost host)
    {
        var capabilities = Put(
            host,
            "Msvm_EthernetSwitchFeatureCapabilities",
            ("InstanceID", SecurityFeature),
            ("FeatureId", SecurityFeature)
        ).Stored;
        var settings = new CimObject("Msvm_EthernetSwitchPortSecuritySettingData").With(
            CimProperty.String("InstanceID", @"Microsoft:Definition\Security\Default"),
            CimProperty.Boolean("AllowMacSpoofing", false),
            CimProperty.Boolean("EnableDhcpGuard", false)
        );
        host.Store.Relate("Msvm_FeatureSettingsDefineCapabilities", capabilities, host.Store.Put(settings).Stored);
    }

    private static void AddSwitches(SimulatedHost host)
    {
        foreach (var adapter in host.Options.FreeAdapters)
        {
            Put(
                host,
                "Msvm_ExternalEthernetPort",
                ("SystemCreationClassName", "Msvm_ComputerSystem"),
                ("SystemName", HostName),
                ("CreationClassName", "Msvm_ExternalEthernetPort"),
                ("DeviceID", $"Microsoft:{adapter}"),
                ("ElementName", adapter),
                ("PermanentAddress", "00155D000001")
            );
        }
        foreach (var name in host.Options.ExternalSwitches)
            AddSwitch(host, name, Guid.NewGuid().ToString("D"), "Msvm_ExternalEthernetPort");
        foreach (var name in host.Options.InternalSwitches)
            AddSwitch(host, name, Guid.NewGuid().ToString("D"), "Msvm_ComputerSystem");
        foreach (var name in host.Options.PrivateSwitches)
            AddSwitch(host, name, Guid.NewGuid().ToString("D"), leadsTo: null);
        if (host.Options.HasDefaultSwitch)
            AddSwitch(host, host.Say("Default Switch"), DefaultSwitch, "Msvm_ComputerSystem");
    }

    public static void AddSwitch(SimulatedHost host, string name, string id, string? leadsTo)
    {
        Put(
            host,
            "Msvm_VirtualEthernetSwitch",
            ("CreationClassName", "Msvm_VirtualEthernetSwitch"),
            ("Name", id),
            ("ElementName", name)
        );
        if (leadsTo is null)
            return;
        var keys = CimSchema.Instance.KeysOf(leadsTo).Select(key => (key, (object)$"{key} of {id}"));
        var port = new CimObject("Msvm_EthernetPortAllocationSettingData").With(
            CimProperty.String("InstanceID", $@"Microsoft:{id}\{Guid.NewGuid():D}"),
            CimProperty.Strings("HostResource", CimPath.Of(leadsTo, [.. keys]).ToString())
        );
        host.Store.Put(port);
    }

    private static CimObject Put(SimulatedHost host, string className, params (string Name, string Value)[] texts) =>
        host.Store.Put(
            new CimObject(className).With([.. texts.Select(text => CimProperty.String(text.Name, text.Value))])
        );
}
