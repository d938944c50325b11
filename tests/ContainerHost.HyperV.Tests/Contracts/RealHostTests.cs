using ContainerHost.AnswerFiles;
using ContainerHost.AnswerFiles.CloudInit;
using ContainerHost.EndToEnd.Contracts;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Machines;
using ContainerHost.Machines.HyperV;
using ContainerHost.Media;
using ContainerHost.Networks;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Specification;
using ContainerHost.Waiting;
using Serilog.Core;

namespace ContainerHost.HyperV.Tests.Contracts;

/// <summary>
/// The same suite on the Hyper-V of this machine, with Debian's cloud image. Where CONTAINERHOST_EXPECT_HYPERV is 1, a machine without
/// Hyper-V fails it; elsewhere it is skipped.
/// </summary>
public sealed class RealHostTests : HypervisorContract
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"containerhost-real-{Guid.NewGuid():N}");
    private readonly HostRequest _request = Typed
        .Request("--provider HyperV --isolation Process")
        .With("switch", Environment.GetEnvironmentVariable("CONTAINERHOST_SWITCH"));

    private HostServices Services =>
        field ??= LocalServices.Create(
            new LocalFolders(_folder, LocalHosts.DefaultCacheDirectory, _folder),
            Logger.None,
            new NetworkAccess()
        );

    internal override IHypervisor Hypervisor => Services.HypervisorFor(_request.ToSpec());

    public override ValueTask InitializeAsync()
    {
        var expected = Environment.GetEnvironmentVariable("CONTAINERHOST_EXPECT_HYPERV") == "1";
        Assert.SkipUnless(expected, "CONTAINERHOST_EXPECT_HYPERV is not 1.");
        return base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    internal override async Task<MachineSpec> DescribeAsync(string name)
    {
        var spec = _request.With("name", $"ch-{name}").ToSpec();
        var folder = Services.Store.FolderOf(spec.Name);
        var identity = await GuestIdentityFactory.MakeAsync(
            spec.Name,
            spec.Guest.Family.User,
            Guid.NewGuid(),
            password: null,
            folder,
            Token
        );
        var features = await Hypervisor.GetFeaturesAsync(Token);
        return new MachineSpec
        {
            Name = spec.Name,
            InstanceId = identity.InstanceId,
            Folder = folder,
            Guest = spec.Guest,
            Cpus = spec.Cpus,
            Memory = spec.Memory,
            DiskSize = spec.DiskSize,
            Boot = await Services.Media.ObtainAsync(new MediaRequest(spec) { DiskFormat = features.DiskFormat }, Token),
            Seed = await SeedWriter.WriteAsync(identity, folder, UserAnswers.None, Token, features.GuestPackages),
            // Runners are machines themselves, of a kind that may not nest twice.
            Nested = false,
        };
    }

    // A machine that has an address has heard from its guest's services.
    internal override Task WaitForGuestAsync(HostFolder folder) =>
        new Poll(TimeProvider.System).UntilAsync(
            new Wait("the guest reports an address", TimeSpan.FromMinutes(10), "look at its console."),
            async token =>
                await Hypervisor.GetEndpointAsync(folder, token) is { } endpoint
                    ? Looks.Found(endpoint)
                    : Looks.NotYet<GuestEndpoint>("no address"),
            Token
        );

    // What else Hyper-V has of it is only found by its mark, which is how it is destroyed as well.
    internal override async Task<IReadOnlyList<string>> LeftoversAsync(MachineSpec machine)
    {
        // Over a connection of its own.
        var hyperV = HyperVHypervisor.Connect(
            _request.ToSpec().HyperV!,
            password: null,
            new ProcessRunner(),
            TimeProvider.System
        );
        var marks = await hyperV.Host.Machines.MarksOfAsync(machine.Name.Value, Token);
        return [.. marks.Where(mark => mark == machine.InstanceId).Select(mark => $"machine {mark}")];
    }
}
