using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Machines;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Watching;

/// <summary>
/// Looks at a guest's console and machine while it is awaited, and ends the wait as soon as nothing can come of it: the machine ended, the
/// console tells of a failure for good, or the guest burns processor time and does nothing else.
/// </summary>
internal sealed class GuestWatch
{
    // A panic that an earlier boot left on the console is far above the prompt of this one.
    private const int LastWords = 1024;

    private const int MostText = 64 * 1024;

    // An idle guest takes a tenth of a processor under emulation; one that hangs takes what it gets.
    private const double Busy = 0.25;

    private readonly IHypervisor _hypervisor;
    private readonly HostFolder _folder;
    private readonly string _host;
    private readonly TimeProvider _time;
    private readonly long _from;

    // One that ran before may be at work, with nobody but its SSH server gone.
    private readonly bool _ran;

    private GuestWatch(IHypervisor hypervisor, HostFolder folder, string host, TimeProvider time, long from, bool ran)
    {
        _ran = ran;
        _hypervisor = hypervisor;
        _folder = folder;
        _host = host;
        _time = time;
        _from = from;
    }

    /// <summary>True for a machine that ran already when the watch began.</summary>
    public bool Ran => _ran;

    /// <summary>Is told each stage of the boot that the console shows; nobody by default.</summary>
    public Action<string>? Tells { get; set; }

    /// <summary>True for a guest that was never set up; false by default.</summary>
    private bool IsFirstBoot { get; init; }

    /// <summary>After how long a guest that has not answered, and only burns processor time, hangs; <see cref="TimeLimits.GuestStandstill"/> by default.</summary>
    private TimeSpan Standstill { get; init; } = TimeLimits.GuestStandstill;

    /// <summary>Begins before the machine is started, so that the console's earlier boots are known from this one.</summary>
    public static async Task<GuestWatch> BeginAsync(
        IHypervisor hypervisor,
        HostFolder folder,
        string host,
        TimeProvider time,
        CancellationToken cancellationToken,
        bool isFirstBoot = false,
        TimeSpan? limit = null
    )
    {
        var runs = await hypervisor.GetActivityAsync(folder, cancellationToken) is { Runs: true };
        ConsoleLog.Cut(folder.SerialLog);
        var length = ConsoleLog.LengthOf(folder.SerialLog);
        return new GuestWatch(hypervisor, folder, host, time, runs ? Math.Max(0, length - LastWords) : length, runs)
        {
            IsFirstBoot = isFirstBoot,
            // It is to be told before the wait for the guest ends.
            Standstill =
                limit is { } most && most / 2 < TimeLimits.GuestStandstill ? most / 2 : TimeLimits.GuestStandstill,
        };
    }

    /// <summary>Does the work, which waits for the guest; <paramref name="untilAnswer"/> where the guest has not answered yet, so that one which stands still is one that hangs.</summary>
    /// <exception cref="GuestFailedException">Nothing can come of it.</exception>
    public async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> work,
        bool untilAnswer,
        CancellationToken cancellationToken
    )
    {
        if (await LookAsync(cancellationToken) is not { } begin)
            return await work(cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var working = work(end.Token);
        var watching = WatchAsync(begin, untilAnswer, end.Token);
        var first = await Task.WhenAny(working, watching);
        await end.CancelAsync();
        // Work that the cancellation ended has nothing to tell.
        if (first == working || working.IsCompletedSuccessfully)
            return await working;
        try
        {
            // What it found in the last moment is not needed any more.
            if (await working is IAsyncDisposable late)
                await late.DisposeAsync();
        }
#pragma warning disable CA1031 // The guest's failure matters, and not how the wait for it ended.
        catch (Exception)
#pragma warning restore CA1031
        { }
        await watching;
        throw new OperationCanceledException(cancellationToken);
    }

    private async Task WatchAsync(MachineActivity begin, bool untilAnswer, CancellationToken cancellationToken)
    {
        var (last, length, since) = (begin, ConsoleLog.LengthOf(_folder.SerialLog), _time.GetTimestamp());
        (SerialSign Sign, string Line)? sign = null;
        var signSince = since;
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), _time, cancellationToken);
            if (await LookAsync(cancellationToken) is not { } now)
                continue;
            if (!now.Runs)
                throw Failed(
                    "its machine has ended",
                    "start it with any target; what its console says tells why it went down."
                );
            var text = ReadNew();
            if (BootStage.Find(text) is { } stage)
                Tells?.Invoke(stage);
            var found = SerialSign.Find(text, IsFirstBoot && untilAnswer);
            if (found?.Line != sign?.Line)
                (sign, signSince) = (found, _time.GetTimestamp());
            if (sign is { } told && _time.GetElapsedTime(signSince) >= told.Sign.Grace)
                throw Failed($"{told.Sign.Meaning}: {told.Line}", told.Sign.Try, told.Sign.EndsByPowerCycle);
            if (now.DiskOperations != last.DiskOperations || ConsoleLog.LengthOf(_folder.SerialLog) != length)
                (last, length, since) = (now, ConsoleLog.LengthOf(_folder.SerialLog), _time.GetTimestamp());
            else if (untilAnswer && _time.GetElapsedTime(since) >= Standstill)
            {
                var burnt = now.Processor - last.Processor;
                if (burnt >= Standstill * Busy)
                    throw Failed(
                        $"it hangs: for {Standstill.TotalSeconds:0} s it wrote nothing on its console and touched no disk, and took {burnt.TotalSeconds:0} s of processor time",
                        "run the target again, which starts it anew; on a machine that is busy otherwise, guests under emulation hang more often.",
                        cycle: !_ran
                    );
                (last, since) = (now, _time.GetTimestamp());
            }
        }
    }

    // A look that fails is no failure of the guest's.
    private async Task<MachineActivity?> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _hypervisor.GetActivityAsync(_folder, cancellationToken);
        }
        catch (Exception exception)
            when (exception is ContainerHostException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private GuestFailedException Failed(string saw, string advice, bool cycle = false) =>
        new($"{saw}\n{SerialTail.Read(_folder.SerialLog)}", advice, _host) { EndsByPowerCycle = cycle };

    private string ReadNew() => SerialTail.Plain(ConsoleLog.End(_folder.SerialLog, MostText, _from));
}
