using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Steps;

/// <summary>Installs the container runtime, and what VM isolation needs, and records every artifact in the host's lock file.</summary>
internal sealed class InstallContainersStep(StepContext context)
{
    // Hyper-V itself reboots once more while its features settle.
    private const int MostReboots = 3;

    public async Task<StepOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var session = context.Session;
        var spec = context.Spec;
        if (spec.Runtime == RuntimeKind.None)
            return session.Skip(Step.InstallContainers, "no runtime was asked for");
        var fingerprint = Fingerprint.Of(
            new
            {
                session.Existing.InstanceId,
                spec.Runtime,
                spec.NeedsNested,
                spec.RuntimeVersion,
                spec.VmIsolation,
            }
        );
        if (session.IsUpToDate(Step.InstallContainers, fingerprint) && session.Existing.Runtime is { } runtime)
        {
            context.Locked?.Require(session.Existing);
            return session.Skip(Step.InstallContainers, $"up to date: {runtime.Kind} {runtime.Version} is installed");
        }
        return await session.RunAsync(
            Step.InstallContainers,
            fingerprint,
            () => InstallAsync(cancellationToken),
            cancellationToken
        );
    }

    private async Task<string> InstallAsync(CancellationToken cancellationToken)
    {
        var session = context.Session;
        await using var shell = await PrepareAsync(cancellationToken);
        var runtime = context.RuntimeOf(shell)!;
        var info = await runtime.InstallAsync(context.Spec.NeedsNested, cancellationToken);
        var installed = session.Existing with { Runtime = info };
        context.Locked?.Require(installed);
        var machine = await context.Hypervisor.GetSpecAsync(session.Folder, cancellationToken);
        await LockFile.WriteAsync(session.Folder, machine!.Boot, installed, cancellationToken);
        await session.SaveAsync(installed, cancellationToken);
        return $"{info.Kind} {info.Version} runs; {info.Artifacts.Count} artifacts are recorded in {session.Folder.Artifacts}";
    }

    // The system's own features first, with a reboot where they take one; asked again afterwards, until nothing is due.
    private async Task<IGuestShell> PrepareAsync(CancellationToken cancellationToken)
    {
        var shell = await context.Connection.ConnectAsync(cancellationToken);
        for (var reboots = 0; ; reboots++)
        {
            if (!await context.System.PrepareForContainersAsync(shell, context.Spec.NeedsNested, cancellationToken))
                return shell;
            if (reboots == MostReboots)
                throw new ContainerHostException(
                    "turn on the guest's container features",
                    $"it wants to reboot again after {reboots} reboots",
                    "look at the guest with the target Shell.",
                    context.Session.Name.Value
                );
            context.Services.Log.Information("InstallContainers: the guest reboots, as its new features ask for");
            var limit = await context.Connection.GetBootLimitAsync(cancellationToken);
            var wait = new Wait("the guest is back after its reboot", limit, "look at its console.")
            {
                Host = context.Session.Name.Value,
            };
            shell = await GuestReboot.RunAsync(
                context.System,
                shell,
                context.Connection.ConnectAsync,
                wait,
                new Poll(context.Services.Time),
                cancellationToken
            );
        }
    }
}
