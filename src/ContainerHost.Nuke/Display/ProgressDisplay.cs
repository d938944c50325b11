using ContainerHost.Progress;
using ContainerHost.Targets.Hosting;
using Serilog;
using Spectre.Console.Rendering;

namespace ContainerHost.Targets.Display;

/// <summary>Shows what runs until disposed: on a terminal below the log, elsewhere in lines of it.</summary>
internal sealed class ProgressDisplay : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly (TextWriter Output, TextWriter Error) _before = (Console.Out, Console.Error);
    private readonly LiveRegion? _region;
    private readonly Task _showing;
    private volatile Func<Canvas, IReadOnlyList<IReadOnlyList<Segment>>>? _view;

    private ProgressDisplay(Func<ProgressBoard?> board, ILogger log)
    {
        var (writer, isRedirected) = Results.AreApart
            ? (Console.Error, Console.IsErrorRedirected)
            : (Console.Out, Console.IsOutputRedirected);
        // Who asks for warnings alone gets no more.
        var isQuiet = NukeBuild.Verbosity > Verbosity.Normal;
        if (isQuiet || Terminal.Find(writer, isRedirected, Environment.GetEnvironmentVariable) is not { } console)
        {
            _showing = TellAsync(board, new PlainProgress(TimeProvider.System, log));
            return;
        }
        // .NET takes the lock of Console.Out for each write to a terminal and to learn its size (dotnet/runtime, ConsolePal.Unix.cs). One of our own, taken
        // before it here and after it by whoever prints, would have the two wait for each other.
        _region = new LiveRegion(
            console,
            () => Console.Out,
            canvas =>
                _view is { } own ? own(canvas)
                : board() is { } now ? ProgressView.Lines(now, canvas)
                : []
        );
        Console.SetOut(new LiveWriter(Console.Out, _region));
        if (!Console.IsErrorRedirected)
            Console.SetError(new LiveWriter(Console.Error, _region));
        AppDomain.CurrentDomain.ProcessExit += Clear;
        _showing = DrawAsync(board, _region);
    }

    /// <summary>Begins; the board may come later.</summary>
    public static ProgressDisplay Start(Func<ProgressBoard?> board, ILogger log) => new(board, log);

    /// <summary>Shows lines of a target's own instead of what runs, and what runs again for null; false where nothing is drawn.</summary>
    public bool TryShow(Func<Canvas, IReadOnlyList<IReadOnlyList<Segment>>>? view)
    {
        _view = view;
        _region?.Draw();
        return _region is not null;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _showing;
        _end.Dispose();
        if (_region is null)
            return;
        AppDomain.CurrentDomain.ProcessExit -= Clear;
        _region.Clear();
        Console.SetOut(_before.Output);
        Console.SetError(_before.Error);
    }

    private void Clear(object? sender, EventArgs e) => _region?.Clear();

    private async Task TellAsync(Func<ProgressBoard?> board, PlainProgress plain)
    {
        while (await WaitAsync(TimeSpan.FromSeconds(1)))
            if (board() is { } now)
                plain.Look(now);
    }

    private async Task DrawAsync(Func<ProgressBoard?> board, LiveRegion region)
    {
        while (await WaitAsync(TimeSpan.FromMilliseconds(250)))
        {
            if (board() is { } now)
                now.IsDrawn = true;
            region.Draw();
        }
    }

    private async Task<bool> WaitAsync(TimeSpan time)
    {
        await Task.Delay(time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !_end.IsCancellationRequested;
    }
}
