using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.Machines.HyperV.Settings;

/// <summary>The settings of an external switch and its two ports, as pure functions.</summary>
internal static class SwitchSettings
{
    public static CimObject Named(string name) =>
        new CimObject("Msvm_VirtualEthernetSwitchSettingData").With(CimProperty.String("ElementName", name));

    /// <summary>The port that leads to the adapter.</summary>
    public static CimObject External(CimObject defaults, CimObject adapter) =>
        defaults.With(
            CimProperty.String("ElementName", "External"),
            CimProperty.Strings("HostResource", adapter.Stored.ToString())
        );

    /// <summary>The port that the host stays connected through, with the adapter's own address so that its leases stay valid.</summary>
    public static CimObject Internal(CimObject defaults, CimObject adapter, CimPath host) =>
        defaults.With(
            CimProperty.String("ElementName", "Internal"),
            CimProperty.Strings("HostResource", host.ToString()),
            CimProperty.String("Address", adapter.Text("PermanentAddress"))
        );
}
