using ContainerHost.Errors;
using ContainerHost.Machines;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Steps;

/// <summary>Exposes virtualisation to the guest, and proves from inside that a virtual machine runs there.</summary>
internal sealed class EnableNestedStep(StepContext context)
{
    public async Task<StepOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var session = context.Session;
        var hypervisor = context.Hypervisor;
        if (!context.Spec.NeedsNested)
            return session.Skip(Step.EnableNested, "process isolation needs no virtualisation in the guest");
        var features = await hypervisor.GetFeaturesAsync(cancellationToken);
        if (!features.NestedVirtualization)
        {
            throw new ContainerHostException(
                "expose virtualisation to the guest",
                features.NestedReason,
                "turn it on there, or ask for --isolation Process, which needs none.",
                session.Name.Value
            );
        }
        var fingerprint = Fingerprint.Of(new { session.Existing.InstanceId, features.Accelerator });
        if (session.IsUpToDate(Step.EnableNested, fingerprint))
            return session.Skip(
                Step.EnableNested,
                "up to date: proved in this guest before, and Verify proves it again"
            );
        return await session.RunAsync(
            Step.EnableNested,
            fingerprint,
            () => ProveAsync(cancellationToken),
            cancellationToken
        );
    }

    private async Task<string> ProveAsync(CancellationToken cancellationToken)
    {
        var machine = await context.Hypervisor.GetSpecAsync(context.Session.Folder, cancellationToken);
        var cycled = "";
        if (machine?.Nested == false)
        {
            context.Services.Log.Information(
                "EnableNested: power cycle, since the machine was made without virtualisation"
            );
            await context.Connection.PowerCycleAsync(new MachineChange { Nested = true }, cancellationToken);
            cycled = "after a power cycle: ";
        }
        // An image that was applied has Hyper-V already, and may want a reboot before it starts.
        await using var shell = machine?.Boot.Applied is null
            ? await context.Connection.ConnectAsync(cancellationToken)
            : await new GuestFeatures(context).PrepareAsync(cancellationToken);
        return cycled + await context.System.ProveNestedAsync(shell, cancellationToken);
    }
}
