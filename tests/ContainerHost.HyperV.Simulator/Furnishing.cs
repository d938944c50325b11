using ContainerHost.HyperV.Simulator.Schema;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Settings;

namespace ContainerHost.HyperV.Simulator;

/// <summary>What a freshly installed host has: services, settings, pools with their defaults, switches.</summary>
internal sealed class Furnishing(SimulatedHost host)
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

    public void Apply()
    {
        foreach (
            var service in new[]
            {
                "Msvm_VirtualSystemManagementService",
                "Msvm_ImageManagementService",
                "Msvm_VirtualSystemSnapshotService",
                "Msvm_VirtualEthernetSwitchManagementService",
            }
        )
            Put(
                service,
                ("SystemCreationClassName", "Msvm_ComputerSystem"),
                ("SystemName", HostName),
                ("CreationClassName", service),
                ("Name", service[5..])
            );
        Put(
            "Msvm_VirtualSystemManagementServiceSettingData",
            ("InstanceID", $@"Microsoft:{HostName}"),
            ("DefaultVirtualHardDiskPath", host.Options.DiskFolder),
            ("DefaultExternalDataRoot", @"D:\Hyper-V")
        );
        // The host itself is a computer system among the machines, told from them by nothing that is not localised.
        Put(
            "Msvm_ComputerSystem",
            ("CreationClassName", "Msvm_ComputerSystem"),
            ("Name", HostName),
            ("ElementName", HostName),
            ("Caption", host.Say("Hosting Computer System"))
        );
        foreach (var kind in Kinds)
            AddPool(kind);
        AddVersions();
        AddPortSecurity();
        AddSwitches();
    }

    private void AddVersions()
    {
        var service = host.Only("Msvm_VirtualSystemManagementService").Stored;
        var capabilities = Put("Msvm_VirtualSystemManagementCapabilities", ("InstanceID", "Microsoft:Versions")).Stored;
        host.Store.Relate("Msvm_ElementCapabilities", service, capabilities);
        foreach (var version in host.Options.ConfigurationVersions)
        {
            var settings = Put(
                "Msvm_VirtualSystemSettingData",
                ("InstanceID", $@"Microsoft:Definition\{version}"),
                ("VirtualSystemType", "Microsoft:Hyper-V:System:Definition"),
                ("Version", version)
            );
            var isDefault = version == host.Options.DefaultVersion;
            host.Store.Relate(
                "Msvm_SettingsDefineCapabilities",
                capabilities,
                settings.Stored,
                CimProperty.UInt16("ValueRole", (ushort)(isDefault ? 0 : 3)),
                CimProperty.UInt16("ValueRange", 0)
            );
        }
    }

    private void AddPool(ResourceKind kind)
    {
        var id = kind.SubType.Replace("Microsoft:Hyper-V:", "", StringComparison.Ordinal);
        var pool = new CimObject("Msvm_ResourcePool").With(
            CimProperty.String("InstanceID", $"Microsoft:{id}\\Root"),
            CimProperty.String("ResourceSubType", kind.SubType),
            CimProperty.Boolean("Primordial", true)
        );
        var poolPath = host.Store.Put(pool).Stored;
        var capabilities = Put(
            "Msvm_AllocationCapabilities",
            ("InstanceID", $"Microsoft:{id}\\Root"),
            ("ResourceSubType", kind.SubType)
        ).Stored;
        host.Store.Relate("Msvm_ElementCapabilities", poolPath, capabilities);
        foreach (var role in new[] { "Minimum", "Maximum", "Increment", "Default" })
        {
            var settings = Put(
                kind.ClassName,
                ("InstanceID", $@"Microsoft:Definition\{id}\{role}"),
                ("ResourceSubType", kind.SubType),
                ("ElementName", NameOf(kind))
            );
            host.Store.Relate("Msvm_SettingsDefineCapabilities", capabilities, settings.Stored);
        }
    }

    private string NameOf(ResourceKind kind) =>
        kind == ResourceKind.Processor ? host.Say("Processor")
        : kind == ResourceKind.Memory ? host.Say("Memory")
        : host.Say("Device");

    private void AddPortSecurity()
    {
        var capabilities = Put(
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

    private void AddSwitches()
    {
        var free = host.Options.FreeAdapters.Select(name => (name, "Msvm_ExternalEthernetPort"));
        foreach (
            var (adapter, kind) in free.Concat(host.Options.WirelessAdapters.Select(name => (name, "Msvm_WiFiPort")))
        )
        {
            Put(
                kind,
                ("SystemCreationClassName", "Msvm_ComputerSystem"),
                ("SystemName", HostName),
                ("CreationClassName", kind),
                ("DeviceID", $"Microsoft:{adapter}"),
                ("ElementName", adapter),
                ("PermanentAddress", "00155D000001")
            );
        }
        foreach (var name in host.Options.ExternalSwitches)
            AddSwitch(name, Guid.NewGuid().ToString("D"), "Msvm_ExternalEthernetPort");
        foreach (var name in host.Options.InternalSwitches)
            AddSwitch(name, Guid.NewGuid().ToString("D"), "Msvm_ComputerSystem");
        foreach (var name in host.Options.PrivateSwitches)
            AddSwitch(name, Guid.NewGuid().ToString("D"), leadsTo: null);
        if (host.Options.HasDefaultSwitch)
            AddSwitch(host.Say("Default Switch"), DefaultSwitch, "Msvm_ComputerSystem");
    }

    public void AddSwitch(string name, string id, string? leadsTo, string[]? notes = null)
    {
        Put(
            "Msvm_VirtualEthernetSwitch",
            ("CreationClassName", "Msvm_VirtualEthernetSwitch"),
            ("Name", id),
            ("ElementName", name)
        );
        host.Store.Put(
            new CimObject("Msvm_VirtualEthernetSwitchSettingData").With(
                CimProperty.String("InstanceID", $"Microsoft:{id}"),
                CimProperty.String("VirtualSystemIdentifier", id),
                CimProperty.String("ElementName", name),
                CimProperty.Strings("Notes", notes ?? [])
            )
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

    private CimObject Put(string className, params (string Name, string Value)[] texts) =>
        host.Store.Put(
            new CimObject(className).With([.. texts.Select(text => CimProperty.String(text.Name, text.Value))])
        );
}
