using ContainerHost.Guests;
using ContainerHost.Specification;
using ContainerHost.Specification.Parameters;

namespace ContainerHost.Hosts.Steps;

/// <summary>Installs the container runtime, and what VM isolation needs, and records every artifact in the host's lock file.</summary>
internal sealed class InstallContainersStep(StepContext context)
{
    public async Task<StepOutcome> RunAsync(CancellationToken cancellationToken)
    {
        const Step step = Step.InstallContainers;
        var session = context.Session;
        var spec = context.Spec;
        if (spec.Runtime == RuntimeKind.None && !HandedNetwork.IsAsked(spec))
            return session.Skip(step, "no runtime was asked for");
        var runtime = session.Existing.Runtime;
        if (context.IsUpToDate(step, Change.InstallAgain) && (runtime is not null || spec.Runtime == RuntimeKind.None))
        {
            context.Locked?.Require(session.Existing);
            return session.Skip(
                step,
                runtime is null
                    ? "up to date: no runtime was asked for"
                    : $"up to date: {runtime.Kind} {runtime.Version} is installed"
            );
        }
        var fingerprint = SpecChange.Fingerprint(spec, Change.InstallAgain);
        return await session.RunAsync(step, fingerprint, () => InstallAsync(cancellationToken), cancellationToken);
    }

    private async Task<string> InstallAsync(CancellationToken cancellationToken)
    {
        var session = context.Session;
        await using var shell = await new GuestFeatures(context).PrepareAsync(cancellationToken);
        if (HandedNetwork.Of(context.Spec) is { } network)
            await context.System.HandOverAsync(shell, network, cancellationToken);
        if (context.RuntimeOf(shell) is not { } runtime)
            return "no runtime was asked for; the guest has the proxy and the authorities that were given";
        var info = await runtime.InstallAsync(context.Spec.NeedsNested, cancellationToken);
        var installed = session.Existing with { Runtime = info };
        context.Locked?.Require(installed);
        var machine = await context.Hypervisor.GetSpecAsync(session.Folder, cancellationToken);
        await LockFile.WriteAsync(session.Folder, machine!.Boot, installed, cancellationToken);
        await session.SaveAsync(installed, cancellationToken);
        return $"{info.Kind} {info.Version} runs; {info.Artifacts.Count} artifacts are recorded in {session.Folder.LockFile}";
    }
}
