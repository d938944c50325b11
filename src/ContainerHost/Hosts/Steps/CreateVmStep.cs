using ContainerHost.AnswerFiles;
using ContainerHost.Guests;
using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Specification;
using ContainerHost.Undoing;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Steps;

/// <summary>Makes the machine, or goes on where an earlier run was cut off, and waits until its guest is set up.</summary>
internal sealed class CreateVmStep(StepContext context)
{
    private HostServices Services => context.Services;
    private HostSession Session => context.Session;

    public async Task<StepOutcome> RunAsync(BootMedia? media, CancellationToken cancellationToken)
    {
        var fingerprint = CreateVmFingerprint.Of(context.Spec);
        if (Session.State is { } state)
        {
            RefuseChanges(state, fingerprint);
            if (await IsMadeAsync(fingerprint, cancellationToken))
                return await BringUpToDateAsync(state, cancellationToken);
        }
        var resumes = await CanResumeAsync(fingerprint, cancellationToken);
        return await UndoStack.RunAsync(async undo =>
        {
            undo.Push("host", RemoveAsync);
            if (!resumes)
                await BeginAsync(cancellationToken);
            return await Session.RunAsync(
                Step.CreateVm,
                fingerprint,
                () => CreateAsync(resumes ? null : media, cancellationToken),
                cancellationToken
            );
        });
    }

    /// <summary>True when nothing of the machine is to be made: the host may be off or want an adjustment.</summary>
    public async Task<bool> IsMadeAsync(string fingerprint, CancellationToken cancellationToken) =>
        Session.IsUpToDate(Step.CreateVm, fingerprint)
        && await context.Hypervisor.GetStateAsync(Session.Folder, cancellationToken) != MachineState.Absent;

    private void RefuseChanges(HostState state, string fingerprint)
    {
        var differences = SpecChange.Between(state.Spec, context.Spec).ByRecreation.ToList();
        if (
            differences.Count == 0
            && state.Find(Step.CreateVm) is { IsDone: true } made
            && made.Fingerprint != fingerprint
        )
            differences.Add(
                "a file that was given (--answer-file, or another by its -sha256): its content is not what the host was made from"
            );
        if (
            context.Password is { } password
            && File.Exists(Session.Folder.Password)
            && context.Connection.ReadPassword() != password
        )
            differences.Add("--password: another than the host was made with");
        if (differences.Count > 0 && state.Find(Step.CreateVm)?.IsDone == true)
            throw new SpecChangedException(Session.Name.Value, differences);
    }

    private async Task<StepOutcome> BringUpToDateAsync(HostState state, CancellationToken cancellationToken)
    {
        if (context.Spec.Runtime == RuntimeKind.None)
            context.Locked?.Require(state);
        var running = await context.Hypervisor.GetStateAsync(Session.Folder, cancellationToken) == MachineState.Running;
        var made = await context.Hypervisor.GetSpecAsync(Session.Folder, cancellationToken);
        var change = new MachineChange
        {
            Cpus = made?.Cpus == context.Spec.Cpus ? null : context.Spec.Cpus,
            Memory = made?.Memory == context.Spec.Memory ? null : context.Spec.Memory,
        };
        string? note = null;
        if (change.Cpus is not null || change.Memory is not null)
        {
            note =
                $"power cycle, since it had {made?.Cpus} processors and {made?.Memory}, and {context.Spec.Cpus} and {context.Spec.Memory} were asked for";
            Services.Log.Information("CreateVm: {Note}", note);
            await context.Connection.PowerCycleAsync(change, cancellationToken);
        }
        else if (!running)
        {
            await using var shell = await context.Connection.ConnectAsync(cancellationToken);
            note = "the machine was off and is started again";
        }
        if (state.Spec != context.Spec)
            await Session.SaveAsync(Session.Existing with { Spec = context.Spec }, cancellationToken);
        return note is null
            ? Session.Skip(Step.CreateVm, "up to date: the machine runs as asked for")
            : new StepOutcome(Step.CreateVm, Skipped: false, note);
    }

    // A machine defined by a run that was killed is whole; anything less is made anew.
    private async Task<bool> CanResumeAsync(string fingerprint, CancellationToken cancellationToken) =>
        Session.State is { HostPublicKey: not null } state
        && state.Find(Step.CreateVm)?.Fingerprint == fingerprint
        && await IsWorthGoingOnAsync(cancellationToken)
        && state.Spec.Cpus == context.Spec.Cpus
        && state.Spec.Memory == context.Spec.Memory
        && context.Password is null
        && await context.Hypervisor.GetStateAsync(Session.Folder, cancellationToken) != MachineState.Absent;

    // An installation that was interrupted by a power cut is made anew; one that runs goes on, and may have given up its medium already.
    private async Task<bool> IsWorthGoingOnAsync(CancellationToken cancellationToken)
    {
        var machine = await context.Hypervisor.GetSpecAsync(Session.Folder, cancellationToken);
        return machine switch
        {
            null => false,
            { HasMedia: false } => true,
            { Boot.SetsUp: not null } => await context.Hypervisor.GetStateAsync(Session.Folder, cancellationToken)
                == MachineState.Running,
            _ => File.Exists(Session.Folder.Seed),
        };
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        await context.Hypervisor.DestroyAsync(Session.Folder, Session.State?.InstanceId, cancellationToken);
        Session.Forget();
        var begun = new HostState
        {
            Spec = context.Spec,
            InstanceId = Guid.NewGuid(),
            CreatedAt = Services.Time.GetUtcNow(),
        };
        foreach (var (step, record) in context.Early)
            begun = begun.With(step, record);
        await Session.SaveAsync(begun, cancellationToken);
    }

    private async Task<string> CreateAsync(BootMedia? media, CancellationToken cancellationToken)
    {
        try
        {
            if (media is not null)
                await DefineAsync(media, cancellationToken);
            else
                Services.Log.Information("CreateVm: going on with the machine that an earlier run began");
            await using var shell = await ReachAsync(begins: media is not null, cancellationToken);
            var limit = await context.Connection.GetBootLimitAsync(cancellationToken);
            await context.System.WaitForSetUpAsync(shell, Session.Name.Value, limit, cancellationToken);
            await ForgetAnswersAsync(shell, cancellationToken);
            var note = await DescribeAsync(shell, cancellationToken);
            await LockAsync(cancellationToken);
            return note;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var bundle = new FailureBundle(context.Hypervisor, Services.ReportsDirectory);
            var folder = await bundle.WriteAsync(Session.Folder, Session.Name.Value, failure);
            Services.Log.Error("CreateVm failed; what was seen is kept in {Folder}", folder);
            throw;
        }
    }

    private async Task DefineAsync(BootMedia media, CancellationToken cancellationToken)
    {
        var state = Session.Existing;
        var identity = await GuestIdentityFactory.MakeAsync(
            Session.Name,
            state.InstanceId,
            context.Password,
            Session.Folder,
            cancellationToken
        );
        await Session.SaveAsync(state with { HostPublicKey = identity.HostPublicKey }, cancellationToken);
        var seed = await new AnswerMedium(context).WriteAsync(identity, media, cancellationToken);
        var machine = new MachineSpec
        {
            Name = Session.Name,
            InstanceId = state.InstanceId,
            Folder = Session.Folder,
            Cpus = context.Spec.Cpus,
            Memory = context.Spec.Memory,
            DiskSize = context.Spec.DiskSize,
            Boot = media,
            Seed = seed,
            Devices = context.Spec.Windows?.Devices ?? default,
            // Exposed from the first boot on where it will be needed, which saves a power cycle.
            Nested = context.Spec.NeedsNested,
        };
        await context.Hypervisor.CreateAsync(machine, cancellationToken);
    }

    private async Task<IGuestShell> ReachAsync(bool begins, CancellationToken cancellationToken)
    {
        var machine = await context.Hypervisor.GetSpecAsync(Session.Folder, cancellationToken);
        if (machine?.Boot.SetsUp is not { } image || !machine.HasMedia)
            return await context.Connection.ConnectAsync(cancellationToken);
        if (begins && machine.Boot.Installation is not null)
        {
            var boot = new InstallationBoot(context.Hypervisor, new Poll(Services.Time));
            var pressed = await boot.RunAsync(Session.Folder, Session.Name.Value, cancellationToken);
            Services.Log.Information(
                "CreateVm: the medium starts ({Keys} keys pressed); set-up of '{Image}' takes a quarter of an hour or more",
                pressed,
                image.Name
            );
        }
        else if (begins)
        {
            await context.Hypervisor.PowerOnAsync(Session.Folder, cancellationToken);
            Services.Log.Information(
                "CreateVm: '{Image}' starts for the first time; it takes some minutes",
                image.Name
            );
        }
        var patience = (await context.Hypervisor.GetFeaturesAsync(cancellationToken)).Patience;
        return await new InstallationWait(context).RunAsync(TimeLimits.Installation * patience, cancellationToken);
    }

    // What a guest that was installed needed once has secrets on it.
    private async Task ForgetAnswersAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        if (context.System.Family != GuestFamily.WindowsServer)
            return;
        await context.Hypervisor.RemoveMediaAsync(Session.Folder, cancellationToken);
        File.Delete(Session.Folder.Seed);
        await context.System.ForgetAnswersAsync(shell, Session.Name.Value, cancellationToken);
    }

    private async Task<string> DescribeAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        var addresses = await context.System.GetAddressesAsync(shell, cancellationToken);
        var endpoint = await context.Hypervisor.GetEndpointAsync(Session.Folder, cancellationToken);
        var address = addresses.Count > 0 ? addresses[0] : null;
        await Session.SaveAsync(Session.Existing with { Address = address }, cancellationToken);
        return $"the guest is set up at {address ?? "(no address)"}, reached at {endpoint}; log in as {context.System.User}, password in {Session.Folder.Password}";
    }

    // InstallContainers does it for every host that has a runtime to come.
    private async Task LockAsync(CancellationToken cancellationToken)
    {
        if (context.Spec.Runtime != RuntimeKind.None)
            return;
        context.Locked?.Require(Session.Existing);
        var machine = await context.Hypervisor.GetSpecAsync(Session.Folder, cancellationToken);
        await LockFile.WriteAsync(Session.Folder, machine!.Boot, Session.Existing, cancellationToken);
    }

    private async Task RemoveAsync()
    {
        await context.Hypervisor.DestroyAsync(Session.Folder, Session.State?.InstanceId, CancellationToken.None);
        Session.Forget();
    }
}
