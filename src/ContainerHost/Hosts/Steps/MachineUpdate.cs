using ContainerHost.Hosts.Mounts;
using ContainerHost.Hosts.Ports;
using ContainerHost.Machines;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Steps;

/// <summary>Brings a machine that is made up to date: its processors and memory, and that it runs.</summary>
internal sealed class MachineUpdate(StepContext context)
{
    private HostSession Session => context.Session;

    public async Task<StepOutcome> RunAsync(HostState state, CancellationToken cancellationToken)
    {
        if (context.Spec.Runtime == RuntimeKind.None)
            context.Locked?.Require(state);
        DataDisks.Settle(Session.Folder);
        string?[] done =
        [
            await ResizeAsync(cancellationToken) ?? await StartAsync(cancellationToken),
            await GrowAsync(state.Spec.DiskSize, cancellationToken),
            await GrowDataAsync(state.Spec.DataDisk, cancellationToken),
            await ForwardAsync(state.Spec.Forward, cancellationToken),
            await MountAsync(state.Spec.Mount, cancellationToken),
        ];
        var note = done.Any(one => one is not null) ? string.Join("; ", done.OfType<string>()) : null;
        var renewed = SpecChange.Renew(state) with { Spec = context.Spec };
        if (renewed != state)
            await Session.SaveAsync(renewed, cancellationToken);
        return note is null
            ? Session.Skip(Step.CreateVm, "up to date: the machine runs as asked for")
            : new StepOutcome(Step.CreateVm, Skipped: false, note);
    }

    private async Task<string?> ResizeAsync(CancellationToken cancellationToken)
    {
        var had = (await context.Hypervisor.GetSpecAsync(Session.Folder, cancellationToken))!.Size;
        var wanted = had with
        {
            Cpus = context.Spec.Cpus,
            Memory = context.Spec.Memory,
            Network = context.Spec.Network,
        };
        if (had == wanted)
            return null;
        var note = $"power cycle, since it had {Told(had)}, and {Told(wanted)} were asked for";
        context.Services.Log.Information("CreateVm: {Note}", note);
        await context.Connection.PowerCycleAsync(wanted, cancellationToken);
        return note;
    }

    // A run that was killed between the two halves does both again.
    private async Task<string?> GrowAsync(ByteSize had, CancellationToken cancellationToken)
    {
        var wanted = context.Spec.DiskSize;
        if (wanted <= had)
            return null;
        // Its image may have made it larger than was asked for.
        var machine = await context.Hypervisor.GetSpecAsync(Session.Folder, cancellationToken);
        if (wanted < machine!.DiskSize)
            return null;
        await context.Hypervisor.GrowDiskAsync(Session.Folder, MachineDisk.System, wanted, cancellationToken);
        await using var shell = await context.Connection.ConnectAsync(cancellationToken);
        var told = await context.System.GrowFileSystemAsync(shell, cancellationToken);
        var note = $"the disk had {had} and has {wanted}: {told}";
        context.Services.Log.Information("CreateVm: {Note}", note);
        return note;
    }

    private async Task<string?> GrowDataAsync(ByteSize? had, CancellationToken cancellationToken)
    {
        if (context.Spec.DataDisk is not { } wanted || had is not { } was || wanted <= was)
            return null;
        await context.Hypervisor.GrowDiskAsync(Session.Folder, MachineDisk.Data, wanted, cancellationToken);
        await using var shell = await context.Connection.ConnectAsync(cancellationToken);
        var told = await DataDisks.MountAsync(context.System, shell, cancellationToken);
        var note = $"the data disk had {was} and has {wanted}: {told}";
        context.Services.Log.Information("CreateVm: {Note}", note);
        return note;
    }

    private async Task<string?> ForwardAsync(PortForwards? had, CancellationToken cancellationToken)
    {
        var wanted = context.Spec.Forward;
        if (wanted == had)
            return null;
        await new HostForwards(context.Services).ApplyAsync(context.Spec, cancellationToken);
        var note = wanted is null ? $"{had} lead there no more" : $"{wanted} lead there";
        context.Services.Log.Information("CreateVm: {Note}", note);
        return note;
    }

    private async Task<string?> MountAsync(FolderMounts? had, CancellationToken cancellationToken)
    {
        var wanted = context.Spec.Mount;
        if (wanted == had)
            return null;
        var gone = (had?.All ?? []).Except(wanted?.All ?? []);
        var state = Session.Existing with { Spec = context.Spec };
        try
        {
            await context.Connection.RemountAsync(state, gone, adds: wanted is not null, cancellationToken);
        }
        catch
        {
            // The host is not said to have them.
            await new HostMounts(context.Services).EndOthersAsync(Session.Existing, CancellationToken.None);
            throw;
        }
        var note = wanted is null ? $"{had} are there no more" : $"the guest has {wanted}";
        context.Services.Log.Information("CreateVm: {Note}", note);
        return note;
    }

    private static string Told(MachineSize size) =>
        $"{size.Cpus} processors, {size.Memory} and {(size.Network == GuestNetwork.Open ? "an open" : "no")} network";

    private async Task<string?> StartAsync(CancellationToken cancellationToken)
    {
        if (await context.Hypervisor.GetStateAsync(Session.Folder, cancellationToken) == MachineState.Running)
            return null;
        await using var shell = await context.Connection.ConnectAsync(cancellationToken);
        return "the machine was off and is started again";
    }
}
