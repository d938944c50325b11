using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts.Mounts;
using ContainerHost.Hosts.Ports;
using ContainerHost.Hosts.Steps;
using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Specification;
using ContainerHost.Undoing;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Templates;

/// <summary>
/// Makes a template of a verified host: a copy of its disk is booted with an identity of its own, stripped of it, and stopped as its kind of template is. The host itself
/// is off meanwhile, and is as it was afterwards.
/// </summary>
internal sealed class TemplateMaker(HostServices services)
{
    private readonly TemplateStore _templates = new(services);

    /// <summary>Makes it under the host's name, and returns its folder.</summary>
    public async Task<HostFolder> MakeAsync(
        HostName name,
        DateTimeOffset? expiresAt,
        CancellationToken cancellationToken
    )
    {
        using var host = new HostSession(services.Store, name, services.Time, services.Log);
        var disk = await RequireUsableAsync(host, cancellationToken);
        var parts = _templates.Services;
        using var session = new HostSession(parts.Store, name, services.Time, services.Log);
        if (File.Exists(session.Folder.Template))
            throw Failed(name, "there is one of that name", $"'./build.sh RemoveTemplate --from {name}' removes it.");
        var spec = SpecOf(host.Existing);
        var hypervisor = services.HypervisorFor(spec);
        var context = new StepContext(parts, session, had: null, spec, answers: null, password: null, locked: null)
        {
            Template = TemplateKind.For(hypervisor, disk),
            ExpiresAt = expiresAt,
        };
        var ran = await hypervisor.GetStateAsync(host.Folder, cancellationToken) == MachineState.Running;
        HostFolder made;
        try
        {
            made = await FirstBoot.RunAsync(
                () =>
                    UndoStack.RunAsync(undo =>
                    {
                        if (ran)
                            undo.Push("the host, which ran", () => GoOnAsync(host));
                        return MakeAsync(undo, host, context, cancellationToken);
                    }),
                services.Log
            );
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            foreach (var left in UndoStack.FailuresOf(failure))
                services.Log.Error("Template: {Left}", left);
            if (failure is IOException or UnauthorizedAccessException)
                throw Failed(name, failure.Message, "see that the hosts' folder has space and may be written to.");
            throw;
        }
        // Two that start at once would take twice as long.
        if (ran)
            await GoOnAsync(host);
        return made;
    }

    // Its folders, and ports that need its address, come with whoever reaches it next, since nobody waits for it to boot.
    private async Task GoOnAsync(HostSession host)
    {
        var spec = host.Existing.Spec;
        var hypervisor = services.HypervisorFor(spec);
        await hypervisor.PowerOnAsync(host.Folder, CancellationToken.None);
        // Where it has an address of its own it tells none before it has booted.
        if (await hypervisor.GetEndpointAsync(host.Folder, CancellationToken.None) is not null)
            await new HostForwards(services).TryApplyAsync(spec, CancellationToken.None);
    }

    private async Task<HostFolder> MakeAsync(
        UndoStack undo,
        HostSession host,
        StepContext context,
        CancellationToken cancellationToken
    )
    {
        var (session, beginning) = (context.Session, new MachineBeginning(context));
        undo.Push("template", beginning.RemoveAsync);
        await beginning.ForgetEarlierAsync(cancellationToken);
        services.Log.Information(
            "Template: copying the disk of '{Host}', which is off until its template is made",
            host.Name
        );
        var disk = await CopyAsync(host, session, cancellationToken);
        services.Log.Information("Template: starting the copy");
        await beginning.RunAsync(disk, cancellationToken);
        await new SetUp(context).RunAsync(cancellationToken);
        disk = await context.Template!.StopAsync(context, disk, cancellationToken);
        await KeepAsync(host.Existing, context, disk, cancellationToken);
        return session.Folder;
    }

    private async Task<BaseDisk> RequireUsableAsync(HostSession host, CancellationToken cancellationToken)
    {
        var (state, name) = (host.Existing, host.Name);
        if (state.LastVerification is not { Passed: true, NotAsked: null })
            throw Failed(
                name,
                "its last verification did not pass, had not all checks, or there was none",
                $"'./build.sh Verify --name {name} --checks All' first."
            );
        if (state.Spec.DataDisk is { } data)
            throw Failed(
                name,
                $"it has a data disk of {data}, which no template carries",
                "make the template of a host without --data-disk."
            );
        var machine = await services.HypervisorFor(state.Spec).GetSpecAsync(host.Folder, cancellationToken);
        return machine switch
        {
            { Guest.Family.CanBeCloned: true, Boot: BaseDisk disk } => disk,
            null => throw HostErrors.NotCreated(name),
            _ => throw Failed(
                name,
                $"nothing gives a copy of {state.Spec.Guest.Title} an identity of its own, so there are no templates of it",
                "use a Linux guest."
            ),
        };
    }

    private async Task<BaseDisk> CopyAsync(HostSession host, HostSession to, CancellationToken cancellationToken)
    {
        var hypervisor = services.HypervisorFor(host.Existing.Spec);
        var patience = (await hypervisor.GetFeaturesAsync(cancellationToken)).Patience;
        await hypervisor.StopAsync(host.Folder, TimeLimits.ShutDown * patience, cancellationToken);
        await new HostMounts(services).EndAllAsync(host.Existing, cancellationToken);
        return await hypervisor.CopyDiskAsync(host.Folder, to.Folder, to.Existing.InstanceId, cancellationToken);
    }

    private async Task KeepAsync(
        HostState host,
        StepContext context,
        BaseDisk disk,
        CancellationToken cancellationToken
    )
    {
        var folder = context.Session.Folder;
        // They open nothing any more, and nobody needs them.
        string[] secrets = [folder.Password, folder.ClientKey, folder.ClientPublicKey, folder.KnownHosts, folder.Seed];
        foreach (var secret in secrets)
            File.Delete(secret);
        var template = new Template
        {
            Spec = context.Spec,
            CreatedAt = services.Time.GetUtcNow(),
            Hypervisor = TemplateStore.Describe(await context.Hypervisor.GetFeaturesAsync(cancellationToken)),
            Runtime = host.Runtime,
            GuestArtifacts = host.GuestArtifacts,
            Boot = await context.Hypervisor.SealAsync(folder, disk, cancellationToken),
        };
        await _templates.SaveAsync(context.Session.Name, template, cancellationToken);
    }

    // What was the host's own, and has been put into it already.
    private static HostSpec SpecOf(HostState host) =>
        host.Spec with
        {
            AnswerFile = null,
            AnswerFileDigest = null,
            PrivateNetwork = null,
            Forward = null,
            Mount = null,
        };

    private static ContainerHostException Failed(HostName name, string saw, string @try) =>
        new("make a template of the host", saw, @try, name.Value);
}
