using System.Globalization;
using System.Text;
using ContainerHost.Errors;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Settings;

namespace ContainerHost.Machines.HyperV;

/// <summary>
/// Reads of a Hyper-V host what its first users were not sure of: states, pictures' lengths, boot sources, switch ports, default settings, and how
/// failures look. It changes nothing; what it asks is in the record.
/// </summary>
internal sealed class HyperVDiagnosis(HyperVHost recorded, HyperVHost host)
{
    // Nobody has these, so that asking for them fails without harm.
    private const string NoClass = "Msvm_NoSuchClass";
    private const string NoMethod = "NoSuchMethod";

    private static readonly (ushort Width, ushort Height)[] Sizes = [(80, 60), (640, 480), (1024, 768)];

    private static readonly string[] Listed =
    [
        "Msvm_ComputerSystem",
        "Msvm_BootSourceSettingData",
        "Msvm_VirtualEthernetSwitch",
        "Msvm_EthernetPortAllocationSettingData",
        "Msvm_ExternalEthernetPort",
        "Msvm_WiFiPort",
    ];

    private readonly StringBuilder _text = new();

    /// <summary>Asks for everything, and returns what is not an answer of the host's but ours.</summary>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var name in Listed)
            await TryAsync(name, () => recorded.Space.QueryAsync(WqlQuery.From(name), cancellationToken));
        foreach (var kind in ResourceKind.All)
            await TryAsync(
                $"defaults of {kind.SubType}",
                () => new DefaultSettings(recorded).ReadAsync(kind, cancellationToken)
            );
        await TryAsync(
            "a class that nobody has",
            () => recorded.Space.QueryAsync(WqlQuery.From(NoClass), cancellationToken)
        );
        var nobody = VirtualMachines.PathOf($"{Guid.Empty:D}".ToUpperInvariant());
        await TryAsync("a machine that nobody has", () => recorded.Space.GetAsync(nobody, cancellationToken));
        await TryAsync(
            "a method that nobody has",
            async () =>
            {
                var service = await recorded.OnlyAsync(HyperVHost.ManagementService, cancellationToken);
                return await recorded.Space.InvokeAsync(
                    new CimCall("ask for nothing", service.Stored, NoMethod),
                    cancellationToken
                );
            }
        );
        await PicturesAsync(cancellationToken);
        return _text.ToString();
    }

    // Their lengths only: what is on a screen is nobody else's business.
    private async Task PicturesAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<CimObject> all = [];
        await TryAsync(
            "machines",
            async () =>
                all = await host.Space.QueryAsync(
                    WqlQuery
                        .From("Msvm_VirtualSystemSettingData")
                        .Where("VirtualSystemType", "Microsoft:Hyper-V:System:Realized"),
                    cancellationToken
                )
        );
        foreach (var settings in all.Take(3))
        foreach (var (width, height) in Sizes)
            await TryAsync(
                $"a picture of {width} x {height}",
                async () =>
                {
                    var result = await host.ManageAsync(
                        "picture a console",
                        "GetVirtualSystemThumbnailImage",
                        settings.Text("ElementName"),
                        cancellationToken,
                        CimProperty.Reference("TargetSystem", settings.Stored),
                        CimProperty.UInt16("WidthPixels", width),
                        CimProperty.UInt16("HeightPixels", height)
                    );
                    var length =
                        result.Get<byte[]>("ImageData")?.Length.ToString(CultureInfo.InvariantCulture) ?? "none";
                    _text.AppendLine(
                        CultureInfo.InvariantCulture,
                        $"{width} x {height}: {length} bytes, of which {width * height * 2} are pixels"
                    );
                    return true;
                }
            );
    }

    private async Task TryAsync<T>(string what, Func<Task<T>> ask)
    {
        try
        {
            await ask();
        }
        catch (ContainerHostException failure)
        {
            _text.AppendLine(CultureInfo.InvariantCulture, $"{what}: {failure.GetType().Name}: {failure.Saw}");
        }
    }
}
