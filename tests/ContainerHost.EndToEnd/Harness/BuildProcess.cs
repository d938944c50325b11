using System.Diagnostics;
using System.Text;
using Build.Tests.Bootstrap;

namespace ContainerHost.EndToEnd.Harness;

/// <summary>One run of <c>./build.sh</c>, as a user starts it.</summary>
internal sealed class BuildProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _everything = new();
    private readonly Lock _lock = new();

    private BuildProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data, isOutput: true);
        process.ErrorDataReceived += (_, line) => Keep(line.Data, isOutput: false);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>What it wrote so far, both streams in the order they came.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
                return _everything.ToString();
        }
    }

    public static BuildProcess Start(params IReadOnlyList<string> arguments)
    {
        // Whoever runs the tests in the background has SIGINT ignored, and a child keeps that; a user at a terminal has not.
        var script = Path.Combine(Repository.Root, "build.sh");
        var start = new ProcessStartInfo("env", ["--default-signal=INT", script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        return new BuildProcess(Process.Start(start)!);
    }

    /// <summary>Waits until a text is written; fails when the process ends before.</summary>
    public async Task SeesAsync(string text, CancellationToken cancellationToken)
    {
        while (!Text.Contains(text, StringComparison.Ordinal))
        {
            if (_process.HasExited)
            {
                await _process.WaitForExitAsync(cancellationToken);
                if (!Text.Contains(text, StringComparison.Ordinal))
                    Assert.Fail($"the build ended without '{text}':\n{Text}");
                return;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Ends the build as the out-of-memory killer would: at once, and it alone.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Sends the signal that Ctrl-C sends.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public async Task<BuildResult> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        lock (_lock)
            return new BuildResult(_process.ExitCode, _output.ToString(), _everything.ToString());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private void Keep(string? line, bool isOutput)
    {
        if (line is null)
            return;
        lock (_lock)
        {
            _everything.AppendLine(line);
            if (isOutput)
                _output.AppendLine(line);
        }
    }
}
