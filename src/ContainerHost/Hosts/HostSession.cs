using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Specification;
using Serilog;

namespace ContainerHost.Hosts;

/// <summary>One host, held under its lock: its state in memory and on disk, and the journal of its steps.</summary>
internal sealed class HostSession : IDisposable
{
    private readonly HostStore _store;
    private readonly ProcessLock _lock;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    public HostSession(HostStore store, HostName name, TimeProvider time, ILogger log, bool readState = true)
    {
        _store = store;
        _time = time;
        _log = log;
        Name = name;
        Folder = store.FolderOf(name);
        _lock = ProcessLock.Take(Folder.ProcessLock, "work on the host", name.Value);
        try
        {
            State = readState ? store.Load(name) : null;
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    public HostName Name { get; }

    public HostFolder Folder { get; }

    public HostState? State { get; private set; }

    /// <summary>The state of a host that CreateVm has begun.</summary>
    public HostState Existing => State ?? throw HostErrors.NotCreated(Name);

    public void Dispose() => _lock.Dispose();

    public async Task SaveAsync(HostState state, CancellationToken cancellationToken)
    {
        await _store.SaveAsync(state, cancellationToken);
        State = state;
    }

    /// <summary>Refuses a folder of the host's name that somebody else keeps things in, before anything of it is touched.</summary>
    /// <exception cref="InvalidInputException">There is something in it, and nothing says that it is a host's.</exception>
    public void RequireOurs()
    {
        if (Folder.FindForeign() is { } foreign)
            throw new InvalidInputException([
                $"name '{Name}' is not valid: {Folder.Path} has '{foreign}' in it but no state of a host. Choose another name, or another folder by --hosts-directory; what was a host once is removed by hand.",
            ]);
    }

    /// <summary>Forgets the host once its machine is gone: removes its folder, the state last, which says whose the rest is.</summary>
    /// <remarks>Whoever calls has asked <see cref="RequireOurs"/> while the folder still showed whose it is.</remarks>
    public void Forget()
    {
        if (Directory.Exists(Folder.Path))
        {
            foreach (
                var entry in new DirectoryInfo(Folder.Path)
                    .EnumerateFileSystemInfos()
                    .Where(entry => entry.FullName != Folder.State)
            )
                Remove(entry);
            Directory.Delete(Folder.Path, recursive: true);
        }
        State = null;
    }

    private static void Remove(FileSystemInfo entry)
    {
        if (entry is DirectoryInfo folder && folder.LinkTarget is null)
            folder.Delete(recursive: true);
        else
            entry.Delete();
    }

    public bool IsUpToDate(Step step, string fingerprint) =>
        State?.Find(step) is { IsDone: true } record && record.Fingerprint == fingerprint;

    public StepOutcome Skip(Step step, string why)
    {
        _log.Information("{Step}: skipped, {Why}", step, why);
        return new StepOutcome(step, Skipped: true, why);
    }

    /// <summary>Journals that the step began, runs it, journals that it is done. A kill in between leaves the beginning.</summary>
    public async Task<StepOutcome> RunAsync(
        Step step,
        string fingerprint,
        Func<Task<string>> work,
        CancellationToken cancellationToken
    )
    {
        var begun = new StepRecord { Fingerprint = fingerprint, StartedAt = _time.GetUtcNow() };
        await SaveAsync(Existing.With(step, begun), cancellationToken);
        var watch = _time.GetTimestamp();
        var note = await work();
        var duration = (long)_time.GetElapsedTime(watch).TotalMilliseconds;
        await SaveAsync(Existing.With(step, begun with { DurationMs = duration, Note = note }), cancellationToken);
        _log.Information("{Step}: {Note}", step, note);
        return new StepOutcome(step, Skipped: false, note);
    }
}
