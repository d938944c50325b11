using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Settings;

namespace ContainerHost.Machines.HyperV;

/// <summary>The methods of Msvm_VirtualSystemManagementService that are used, by what they do.</summary>
internal sealed class SystemManagement(HyperVHost host)
{
    private const string Service = "Msvm_VirtualSystemManagementService";

    public Task DefineAsync(CimObject settings, string machine, CancellationToken cancellationToken) =>
        CallAsync(
            "define the machine",
            "DefineSystem",
            machine,
            cancellationToken,
            CimProperty.Embedded("SystemSettings", settings)
        );

    public Task ModifySystemAsync(
        string attempted,
        CimObject settings,
        string machine,
        CancellationToken cancellationToken
    ) =>
        CallAsync(
            attempted,
            "ModifySystemSettings",
            machine,
            cancellationToken,
            CimProperty.Embedded("SystemSettings", settings)
        );

    public Task ModifyAsync(
        string attempted,
        CimObject resource,
        string machine,
        CancellationToken cancellationToken
    ) =>
        CallAsync(
            attempted,
            "ModifyResourceSettings",
            machine,
            cancellationToken,
            CimProperty.Embedded("ResourceSettings", [resource])
        );

    /// <summary>Adds a device to the machine and hands back its settings as Hyper-V stored them.</summary>
    public async Task<CimObject> AddAsync(
        string attempted,
        CimPath machineSettings,
        CimObject resource,
        string machine,
        CancellationToken cancellationToken
    )
    {
        var before = await PartsAsync(machineSettings, resource.ClassName, cancellationToken);
        await CallAsync(
            attempted,
            "AddResourceSettings",
            machine,
            cancellationToken,
            CimProperty.Reference("AffectedConfiguration", machineSettings),
            CimProperty.Embedded("ResourceSettings", [resource])
        );
        // A job hands no result back, so the new one is told by not having been there.
        var after = await PartsAsync(machineSettings, resource.ClassName, cancellationToken);
        return after.Single(one => before.All(old => !old.Stored.Equals(one.Stored)));
    }

    public Task RemoveAsync(
        string attempted,
        CimPath[] resources,
        string machine,
        CancellationToken cancellationToken
    ) =>
        CallAsync(
            attempted,
            "RemoveResourceSettings",
            machine,
            cancellationToken,
            CimProperty.References("ResourceSettings", resources)
        );

    public Task AddFeatureAsync(CimPath port, CimObject feature, string machine, CancellationToken cancellationToken) =>
        CallAsync(
            "let the machine's guests have network addresses of their own (MAC spoofing)",
            "AddFeatureSettings",
            machine,
            cancellationToken,
            CimProperty.Reference("AffectedConfiguration", port),
            CimProperty.Embedded("FeatureSettings", [feature])
        );

    public Task ModifyFeatureAsync(CimObject feature, string machine, CancellationToken cancellationToken) =>
        CallAsync(
            "let the machine's guests have network addresses of their own (MAC spoofing)",
            "ModifyFeatureSettings",
            machine,
            cancellationToken,
            CimProperty.Embedded("FeatureSettings", [feature])
        );

    public Task DestroyAsync(CimPath system, string machine, CancellationToken cancellationToken) =>
        CallAsync(
            "remove the machine",
            "DestroySystem",
            machine,
            cancellationToken,
            CimProperty.Reference("AffectedSystem", system)
        );

    /// <summary>The console's picture, two bytes a pixel.</summary>
    public async Task<byte[]> PictureAsync(
        CimPath settings,
        ushort width,
        ushort height,
        string machine,
        CancellationToken cancellationToken
    )
    {
        var result = await CallAsync(
            "picture the machine's console",
            "GetVirtualSystemThumbnailImage",
            machine,
            cancellationToken,
            CimProperty.Reference("TargetSystem", settings),
            CimProperty.UInt16("WidthPixels", width),
            CimProperty.UInt16("HeightPixels", height)
        );
        return result.Get<byte[]>("ImageData") ?? [];
    }

    /// <summary>The settings that this host gives a new device of a kind.</summary>
    public Task<CimObject> DefaultsAsync(ResourceKind kind, CancellationToken cancellationToken) =>
        new DefaultSettings(host).ReadAsync(kind, cancellationToken);

    private Task<IReadOnlyList<CimObject>> PartsAsync(
        CimPath settings,
        string className,
        CancellationToken cancellationToken
    ) => host.Space.AssociatorsAsync(settings, "Msvm_VirtualSystemSettingDataComponent", className, cancellationToken);

    private async Task<CimObject> CallAsync(
        string attempted,
        string method,
        string machine,
        CancellationToken cancellationToken,
        params CimProperty[] arguments
    )
    {
        var service = await host.OnlyAsync(Service, cancellationToken);
        return await host.CallAsync(
            new CimCall(attempted, service.Stored, method, arguments),
            machine,
            cancellationToken
        );
    }
}
