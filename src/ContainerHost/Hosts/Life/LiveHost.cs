using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Hosts.Steps;
using ContainerHost.Machines;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Life;

/// <summary>A host that is whole, held under its lock, for work on its machine.</summary>
internal sealed class LiveHost : IDisposable
{
    private readonly StepContext _context;

    private LiveHost(StepContext context, bool runs) => (_context, Runs) = (context, runs);

    public HostSession Session => _context.Session;
    public IHypervisor Hypervisor => _context.Hypervisor;
    public IGuestSystem System => _context.System;
    public HostName Name => Session.Name;
    public HostFolder Folder => Session.Folder;

    /// <summary>Whether its machine ran when it was opened.</summary>
    public bool Runs { get; }

    /// <exception cref="Errors.ContainerHostException">There is none, or it was never finished.</exception>
    public static async Task<LiveHost> OpenAsync(
        HostServices services,
        HostName name,
        CancellationToken cancellationToken
    )
    {
        // A lock would leave its file where there is no host.
        if (!services.Store.Has(name))
            throw HostErrors.NotCreated(name);
        var session = new HostSession(services.Store, name, services.Time, services.Log);
        try
        {
            var spec = session.Existing.Spec;
            var context = new StepContext(services, session, spec, spec, answers: null, password: null, locked: null);
            var state = await context.Hypervisor.GetStateAsync(session.Folder, cancellationToken);
            if (session.Existing.Find(Step.CreateVm) is not { IsDone: true } || state == MachineState.Absent)
                throw HostErrors.NotCreated(name);
            // A run that was to make it anew may have ended as it began.
            if (spec.DataDisk is not null)
                DataDisks.Settle(session.Folder);
            return new LiveHost(context, state == MachineState.Running);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the guest answers, starting its machine where it is off, and sets its clock right.</summary>
    public async Task AnswerAsync(CancellationToken cancellationToken)
    {
        await using var shell = await ConnectAsync(cancellationToken);
    }

    /// <summary>The same, for more.</summary>
    public async Task<IGuestShell> ConnectAsync(CancellationToken cancellationToken)
    {
        var shell = await _context.Connection.ConnectAsync(cancellationToken);
        try
        {
            await GuestClock.CorrectAsync(_context, shell, cancellationToken);
            return shell;
        }
        catch
        {
            await shell.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has the guest see the folders of a state that is not kept yet; see <see cref="HostConnection.RemountAsync"/>.</summary>
    public Task RemountAsync(
        HostState wanted,
        IEnumerable<FolderMount> gone,
        bool adds,
        CancellationToken cancellationToken
    ) => _context.Connection.RemountAsync(wanted, gone, adds, cancellationToken);

    public void Dispose() => Session.Dispose();
}
