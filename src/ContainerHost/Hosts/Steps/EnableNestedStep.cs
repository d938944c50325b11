using ContainerHost.Errors;
using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Steps;

/// <summary>Exposes virtualisation to the guest, and proves from inside that a virtual machine runs there.</summary>
internal sealed class EnableNestedStep(StepContext context)
{
    public async Task<StepOutcome> RunAsync(CancellationToken cancellationToken)
    {
        const Step step = Step.EnableNested;
        var session = context.Session;
        if (!context.Spec.NeedsNested)
            return session.Skip(step, "process isolation needs no virtualisation in the guest");
        var features = await context.Hypervisor.GetFeaturesAsync(cancellationToken);
        if (!features.NestedVirtualization)
            throw new ContainerHostException(
                "expose virtualisation to the guest",
                features.NestedReason,
                "turn it on there, or ask for --isolation Process, which needs none.",
                session.Name.Value
            );
        var fingerprint = FingerprintOf(session.Existing.InstanceId, features);
        if (session.IsUpToDate(step, fingerprint))
            return session.Skip(step, "up to date: proved in this guest before, and Verify proves it again");
        return await session.RunAsync(step, fingerprint, () => ProveAsync(cancellationToken), cancellationToken);
    }

    /// <summary>What it was proved for: this machine, by this accelerator.</summary>
    public static string FingerprintOf(Guid instanceId, HypervisorFeatures features) =>
        Fingerprint.Of(new { InstanceId = instanceId, features.Accelerator });

    private async Task<string> ProveAsync(CancellationToken cancellationToken)
    {
        var machine = await context.Hypervisor.GetSpecAsync(context.Session.Folder, cancellationToken);
        var cycled = "";
        if (machine is { Nested: false })
        {
            context.Services.Log.Information(
                "EnableNested: power cycle, since the machine was made without virtualisation"
            );
            await context.Connection.PowerCycleAsync(machine.Size with { Nested = true }, cancellationToken);
            cycled = "after a power cycle: ";
        }
        // An image that was applied has Hyper-V already, and may want a reboot before it starts.
        await using var shell =
            machine?.Boot is AppliedDisk
                ? await new GuestFeatures(context).PrepareAsync(cancellationToken)
                : await context.Connection.ConnectAsync(cancellationToken);
        return cycled + await context.System.ProveNestedAsync(shell, cancellationToken);
    }
}
