using System.Collections.Immutable;
using ContainerHost.AnswerFiles;
using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Steps;

/// <summary>Makes a machine from nothing: its host's state, its guest's identity and answers, its definition, its first start.</summary>
internal sealed class MachineBeginning(StepContext context)
{
    private HostSession Session => context.Session;

    /// <summary>Removes what an earlier run left, and begins the host's state.</summary>
    public async Task ForgetEarlierAsync(CancellationToken cancellationToken)
    {
        await RemoveAsync(cancellationToken);
        var begun = new HostState
        {
            Spec = context.Spec,
            InstanceId = Guid.NewGuid(),
            CreatedAt = context.Services.Time.GetUtcNow(),
            ExpiresAt = context.ExpiresAt,
            Lab = context.Lab?.Value,
            Steps = context.Early.ToImmutableSortedDictionary(),
        };
        await Session.SaveAsync(begun, cancellationToken);
    }

    /// <summary>Defines the machine, and starts it where its guest sets itself up from a medium; returns who the guest is to be.</summary>
    public async Task<GuestIdentity> RunAsync(BootMedia media, CancellationToken cancellationToken)
    {
        var identity = await DefineAsync(media, cancellationToken);
        // Any other has its system on its disk: whoever connects starts it.
        if (media is InstallationMedium installation)
        {
            await StartSetUpAsync(installation.Image, cancellationToken);
        }
        else if (media is AppliedDisk { Image.Name: var image })
        {
            await context.Hypervisor.PowerOnAsync(Session.Folder, cancellationToken);
            context.Services.Log.Information(
                "CreateVm: '{Image}' starts for the first time; it takes some minutes",
                image
            );
        }
        return identity;
    }

    /// <summary>Removes the machine and all that is kept of the host.</summary>
    public Task RemoveAsync() => RemoveAsync(CancellationToken.None);

    private async Task RemoveAsync(CancellationToken cancellationToken)
    {
        Session.RequireOurs();
        // A machine that another host of Hyper-V has is removed there.
        var hypervisor = context.Services.HypervisorFor(Session.State?.Spec ?? context.Spec);
        await hypervisor.DestroyAsync(Session.Folder, Session.State?.InstanceId, cancellationToken);
        Session.Forget();
    }

    private async Task<GuestIdentity> DefineAsync(BootMedia media, CancellationToken cancellationToken)
    {
        var state = Session.Existing;
        var spec = context.Spec;
        var identity = await GuestIdentityFactory.MakeAsync(
            Session.Name,
            spec.Guest.Family.User,
            state.InstanceId,
            context.Password,
            Session.Folder,
            cancellationToken
        );
        await Session.SaveAsync(state with { HostPublicKey = identity.HostPublicKey }, cancellationToken);
        var seed = await context.Kind.WriteAnswersAsync(context, identity, media, cancellationToken);
        // A disk must never be cut.
        var least = new ByteSize((media as BaseDisk)?.Size ?? 0);
        var disk = least > spec.DiskSize ? least : spec.DiskSize;
        if (disk > spec.DiskSize)
            context.Services.Log.Warning(
                "CreateVm: the disk has {Size}, as its image has; --disk-size {Asked} is less",
                disk.ToHumanString(),
                spec.DiskSize.ToHumanString()
            );
        var machine = new MachineSpec
        {
            Name = Session.Name,
            InstanceId = state.InstanceId,
            Folder = Session.Folder,
            Guest = spec.Guest,
            Cpus = spec.Cpus,
            Memory = spec.Memory,
            Network = spec.Network,
            PrivateNetwork = spec.PrivateNetwork?.Name,
            IsTemplate = context.Template is not null,
            KeepsMemory = context.Template?.KeepsMemory == true,
            // Exposed from the first boot on where it will be needed, which saves a power cycle.
            Nested = spec.NeedsNested,
            DiskSize = disk,
            DataDisk = spec.DataDisk,
            Boot = media,
            Seed = seed,
            Devices = spec.Windows?.Devices ?? default,
        };
        await context.Hypervisor.CreateAsync(machine, cancellationToken);
        return identity;
    }

    private async Task StartSetUpAsync(WindowsImage image, CancellationToken cancellationToken)
    {
        var boot = new InstallationBoot(context.Hypervisor, context.Services.Time);
        var pressed = await boot.RunAsync(Session.Folder, cancellationToken);
        context.Services.Log.Information(
            "CreateVm: the medium starts ({Keys} keys pressed); set-up of '{Image}' takes a quarter of an hour or more",
            pressed,
            image.Name
        );
    }
}
