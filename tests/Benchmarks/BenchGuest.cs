using ContainerHost.AnswerFiles;
using ContainerHost.AnswerFiles.CloudInit;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Guests.Debian;
using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace Benchmarks;

/// <summary>A guest that both sides start: who it is, its machine, and its first answer.</summary>
internal static class BenchGuest
{
    public static async Task<(GuestIdentity Identity, SeedMedia Seed)> PrepareAsync(
        HostSpec spec,
        HostFolder folder,
        CancellationToken cancellationToken
    )
    {
        var user = spec.Guest.Family.User;
        var identity = await GuestIdentityFactory.MakeAsync(
            spec.Name,
            user,
            Guid.NewGuid(),
            null,
            folder,
            cancellationToken
        );
        return (identity, await SeedWriter.WriteAsync(identity, folder, UserAnswers.None, cancellationToken));
    }

    public static MachineSpec MachineOf(
        HostSpec spec,
        HostFolder folder,
        GuestIdentity identity,
        SeedMedia seed,
        BootMedia media
    ) =>
        new()
        {
            Name = spec.Name,
            InstanceId = identity.InstanceId,
            Folder = folder,
            Guest = spec.Guest,
            Cpus = spec.Cpus,
            Memory = spec.Memory,
            DiskSize = spec.DiskSize,
            Boot = media,
            Seed = seed,
            Nested = spec.NeedsNested,
        };

    public static async Task AnswerAsync(
        HostFolder folder,
        GuestIdentity identity,
        int port,
        CancellationToken cancellationToken
    )
    {
        var access = new SshAccess(new DebianGuest(), "127.0.0.1", port, folder.ClientKey, identity.HostPublicKey);
        var wait = new Wait("the guest answers over SSH", TimeSpan.FromMinutes(10), "look at its console.");
        await using var shell = await new GuestConnector(new ProcessRunner(), TimeProvider.System).ConnectAsync(
            access,
            wait,
            cancellationToken
        );
    }
}
