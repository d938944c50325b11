using ContainerHost.Errors;
using ContainerHost.Hosts.Mounts;
using ContainerHost.Hosts.Ports;
using ContainerHost.Hosts.Steps;
using ContainerHost.Machines;
using ContainerHost.Specification;
using ContainerHost.Specification.Parameters;
using ContainerHost.Undoing;

namespace ContainerHost.Hosts.Templates;

/// <summary>Makes hosts of templates: running machines that begin where the template was stopped, each with an identity of its own.</summary>
internal sealed class Cloner(HostServices services)
{
    private readonly TemplateStore _templates = new(services);

    /// <summary>Makes a host of each name, as many at once as there are processors; one that fails keeps none of the others.</summary>
    public async Task<IReadOnlyList<CloneOutcome>> CloneAsync(
        HostName from,
        IReadOnlyList<HostName> names,
        CloneWishes wishes,
        CancellationToken cancellationToken
    )
    {
        using var held =
            wishes.HoldsTemplate && _templates.Services.Store.Has(from)
                ? await _templates.HoldAsync(from, cancellationToken)
                : null;
        var template = await _templates.NeedAsync(from, cancellationToken);
        if (names.Where(services.Store.Has).ToList() is { Count: > 0 } there)
            throw new InvalidInputException([
                .. there.Select(name => $"name '{name}' is taken: there is a host of it; Destroy removes it."),
            ]);
        var specs = SpecsOf(template, names, wishes);
        foreach (var spec in specs)
            await new HostForwards(services).RequireFreeAsync(spec, cancellationToken);
        specs.ForEach(new HostMounts(services).RequirePossible);
        await new HostMounts(services).RequireProgramsAsync(specs[0], cancellationToken);
        var outcomes = new CloneOutcome[names.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, names.Count),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = Environment.ProcessorCount,
                CancellationToken = cancellationToken,
            },
            async (number, token) => outcomes[number] = await TryAsync(from, template, specs[number], wishes, token)
        );
        if (wishes.PrivateNetwork is { } network)
            await new PrivateNetworkHosts(services).TellOthersAsync([], network.Name, cancellationToken);
        return outcomes;
    }

    private List<HostSpec> SpecsOf(Template template, IReadOnlyList<HostName> names, CloneWishes wishes)
    {
        var (network, ports) = (wishes.PrivateNetwork, wishes.Forward);
        var specs = names
            .Select(
                (name, number) =>
                    template.Spec with
                    {
                        Name = name,
                        PrivateNetwork = network?.Next(number),
                        Forward = ports?.Next(number),
                        Mount = wishes.Mount,
                    }
            )
            .ToList();
        if (network is not null && specs.Any(spec => spec.PrivateNetwork is null))
            throw new InvalidInputException([$"--private-network '{network}' has no room for {names.Count} hosts."]);
        if (ports?.ProblemFor(names.Count) is { } problem)
            throw new InvalidInputException([
                $"--forward '{ports}' is not possible for {names.Count} hosts: {problem}.",
            ]);
        if (wishes.Checks is { } checks)
            specs = WithChecks(specs, checks);
        specs.ForEach(new PrivateNetworkHosts(services).RequireRoom);
        return specs;
    }

    private static List<HostSpec> WithChecks(List<HostSpec> specs, string checks)
    {
        var problems = new List<string>();
        var read = OwnCheck.Read(specs[0], checks, problems).OwnChecks;
        return problems.Count > 0
            ? throw new InvalidInputException(problems)
            : [.. specs.Select(spec => spec with { OwnChecks = read })];
    }

    private async Task<CloneOutcome> TryAsync(
        HostName from,
        Template template,
        HostSpec spec,
        CloneWishes wishes,
        CancellationToken cancellationToken
    )
    {
        var name = spec.Name;
        var watch = services.Time.GetTimestamp();
        try
        {
            var note = await services.Progress.RunAsync(
                $"clone {name}",
                _ => CloneAsync(from, template, spec, wishes, cancellationToken),
                $"clone {spec.Kind}"
            );
            services.Log.Information(
                "Clone: {Host} runs after {Seconds:0.0} s; {Note}",
                name,
                services.Time.GetElapsedTime(watch).TotalSeconds,
                note
            );
            return new CloneOutcome(name, (long)services.Time.GetElapsedTime(watch).TotalMilliseconds, null);
        }
        catch (Exception failure) when (failure is ContainerHostException or IOException or UnauthorizedAccessException)
        {
            var failed =
                failure as ContainerHostException
                ?? MachineFile.Failed("clone the template", failure.Message, name.Value);
            services.Log.Error("Clone: {Host} failed.\n{Error}", name, failed.Message);
            foreach (var left in UndoStack.FailuresOf(failure))
                services.Log.Error("Clone: {Left}", left);
            return new CloneOutcome(name, (long)services.Time.GetElapsedTime(watch).TotalMilliseconds, failed);
        }
    }

    private async Task<string> CloneAsync(
        HostName from,
        Template template,
        HostSpec spec,
        CloneWishes wishes,
        CancellationToken cancellationToken
    )
    {
        using var session = new HostSession(services.Store, spec.Name, services.Time, services.Log);
        var context = new StepContext(services, session, had: null, spec, answers: null, password: null, locked: null)
        {
            ExpiresAt = wishes.ExpiresAt,
            Lab = wishes.Lab,
        };
        var beginning = new MachineBeginning(context);
        return await UndoStack.RunAsync(async undo =>
        {
            undo.Push("host", beginning.RemoveAsync);
            await beginning.ForgetEarlierAsync(cancellationToken);
            await session.SaveAsync(session.Existing with { ClonedFrom = from.Value }, cancellationToken);
            await session.RunAsync(
                Step.CreateVm,
                SpecChange.Fingerprint(spec, Change.MakeAnew),
                () => StartAsync(context, template, from, cancellationToken),
                cancellationToken
            );
            await InheritAsync(context, template, cancellationToken);
            return session.Existing.Find(Step.CreateVm)!.Note!;
        });
    }

    private static async Task<string> StartAsync(
        StepContext context,
        Template template,
        HostName from,
        CancellationToken cancellationToken
    )
    {
        var identity = await new MachineBeginning(context).RunAsync(template.Boot, cancellationToken);
        var kind = TemplateKind.Of(context.Hypervisor, template);
        var (shell, address) = await kind.BecomeAsync(context, identity, cancellationToken);
        if (address is null && kind.KeepsMemory)
            context.Services.Log.Debug("Clone: {Host} did not tell its address, and is asked", context.Spec.Name);
        await using (shell)
            return $"cloned from '{from}', {await new SetUp(context).JoinAsync(shell, cancellationToken, address)}";
    }

    // What was done for the template is done for its clones, and journalled so.
    private async Task InheritAsync(StepContext context, Template template, CancellationToken cancellationToken)
    {
        var (session, spec) = (context.Session, context.Spec);
        var state = session.Existing with { Runtime = template.Runtime, GuestArtifacts = template.GuestArtifacts };
        var now = services.Time.GetUtcNow();
        var installed = SpecChange.Fingerprint(spec, Change.InstallAgain);
        state = state.With(Step.InstallContainers, Done(installed, "as the template has it"));
        if (spec.NeedsNested)
        {
            var features = await context.Hypervisor.GetFeaturesAsync(cancellationToken);
            var proved = EnableNestedStep.FingerprintOf(state.InstanceId, features);
            state = state.With(Step.EnableNested, Done(proved, "as the template has it"));
        }
        await LockFile.WriteAsync(session.Folder, template.Boot, state, cancellationToken);
        await session.SaveAsync(state, cancellationToken);

        StepRecord Done(string fingerprint, string note) =>
            new()
            {
                Fingerprint = fingerprint,
                StartedAt = now,
                DurationMs = 0,
                Note = note,
            };
    }
}
