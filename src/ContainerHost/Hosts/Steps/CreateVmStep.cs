using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Specification;
using ContainerHost.Specification.Parameters;
using ContainerHost.Undoing;

namespace ContainerHost.Hosts.Steps;

/// <summary>Makes the machine, goes on where an earlier run was cut off, or brings one that is made up to date.</summary>
internal sealed class CreateVmStep(StepContext context)
{
    private HostSession Session => context.Session;

    /// <summary>Runs the step; the medium is null for a machine that is made.</summary>
    public async Task<StepOutcome> RunAsync(BootMedia? media, CancellationToken cancellationToken)
    {
        if (Session.State is { } state)
        {
            RefuseChanges(state);
            if (await IsMadeAsync(cancellationToken))
                return await new MachineUpdate(context).RunAsync(state, cancellationToken);
        }
        var beginning = new MachineBeginning(context);
        var resumes = await new MachineResumption(context).IsPossibleAsync(cancellationToken);
        try
        {
            // Nobody waits for Windows' set-up twice.
            var made =
                resumes || media is not BaseDisk or AppliedDisk
                    ? await MakeAsync()
                    : await FirstBoot.RunAsync(MakeAsync, context.Services.Log);
            DataDisks.Settle(Session.Folder);
            return made;
        }
        catch (Exception failure)
        {
            foreach (var left in UndoStack.FailuresOf(failure))
                context.Services.Log.Error("CreateVm: {Left}", left);
            if (File.Exists(Session.Folder.KeptDataDisk))
                context.Services.Log.Warning(
                    "CreateVm: the data disk waits in {Path}; the same command again, with --recreate --keep-data, goes on with it, and Destroy would remove it",
                    Session.Folder.KeptDataDisk
                );
            throw;
        }

        Task<StepOutcome> MakeAsync() =>
            UndoStack.RunAsync(async undo =>
            {
                undo.Push("host", beginning.RemoveAsync);
                if (!resumes)
                    await beginning.ForgetEarlierAsync(cancellationToken);
                return await Session.RunAsync(
                    Step.CreateVm,
                    SpecChange.Fingerprint(context.Spec, Change.MakeAnew),
                    SetUpAsync,
                    cancellationToken
                );
            });

        async Task<string> SetUpAsync()
        {
            try
            {
                // Whoever connects to a machine that is there starts it.
                if (resumes)
                    context.Services.Log.Information("CreateVm: going on with the machine that an earlier run began");
                else
                    await beginning.RunAsync(media!, cancellationToken);
                return await new SetUp(context).RunAsync(cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                await FailureBundle.KeepAsync(context, failure);
                throw;
            }
        }
    }

    /// <summary>True when nothing of the machine is to be made: the host may be off or want an adjustment.</summary>
    public async Task<bool> IsMadeAsync(CancellationToken cancellationToken) =>
        context.IsUpToDate(Step.CreateVm, Change.MakeAnew)
        && await context.Hypervisor.GetStateAsync(Session.Folder, cancellationToken) != MachineState.Absent;

    private void RefuseChanges(HostState state)
    {
        if (state.Find(Step.CreateVm) is not { IsDone: true } made)
            return;
        List<string> differences =
        [
            .. context.Changes(Change.MakeAnew),
            .. SpecChange.WithoutGrowth(state.Spec, context.Spec),
        ];
        if (differences.Count == 0 && !context.IsSame(made, Change.MakeAnew))
            differences.Add("a file that was given (--answer-file): its content is not what the host was made from");
        if (
            context.Password is { } password
            && File.Exists(Session.Folder.Password)
            && context.Connection.ReadPassword() != password
        )
            differences.Add("--password: another than the host was made with");
        if (differences.Count > 0)
            throw new SpecChangedException(Session.Name.Value, differences);
    }
}
