using ContainerHost.Hosts.Provisioning;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Steps;

/// <summary>Runs the user's scripts in the guest, those that ran in it unchanged only where that is asked for.</summary>
internal sealed class ProvisionStep(StepContext context)
{
    public async Task<StepOutcome> RunAsync(bool again, CancellationToken cancellationToken)
    {
        const Step step = Step.Provision;
        var session = context.Session;
        if (session.Existing.Find(Step.CreateVm) is not { IsDone: true })
            throw HostErrors.NotCreated(session.Name);
        if (context.Scripts.Count == 0)
            return session.Skip(step, "no script was given (--provision)");
        var scripts = new HostScripts(
            context.Services,
            session,
            context.Hypervisor,
            context.System,
            context.ProvisionsAsUser
        );
        var left = again ? context.Scripts : scripts.LeftOf(context.Scripts);
        if (left.Count == 0)
            return session.Skip(step, $"up to date: {Names(context.Scripts)} ran already; --force runs them again");
        return await session.RunAsync(
            step,
            Fingerprint.Of(context.Scripts.Select(script => script.Mark(context.ProvisionsAsUser))),
            async () =>
            {
                await using var shell = await context.Connection.ConnectAsync(cancellationToken);
                await GuestClock.CorrectAsync(context, shell, cancellationToken);
                await scripts.RunAsync(left, shell, cancellationToken);
                var before = context.Scripts.Except(left).ToList();
                return $"{Names(left)} ran{(before.Count == 0 ? "" : $"; {Names(before)} had run already")}";
            },
            cancellationToken
        );
    }

    private static string Names(IEnumerable<UserScript> scripts) =>
        string.Join(", ", scripts.Select(script => script.Name));
}
