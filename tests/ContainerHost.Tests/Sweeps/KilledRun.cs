using System.Diagnostics;
using System.Globalization;

namespace ContainerHost.Tests.Sweeps;

/// <summary>The run that is killed: in a process of its own, by SIGKILL.</summary>
public sealed class KilledRun
{
    internal const string At = "CONTAINERHOST_CRASH_AT";
    internal const string In = "CONTAINERHOST_CRASH_IN";

    [Fact(Explicit = true)]
    public async Task Run_until_killed()
    {
        var folder = Environment.GetEnvironmentVariable(In).ShouldNotBeNull();
        var point = int.Parse(Environment.GetEnvironmentVariable(At)!, CultureInfo.InvariantCulture);
        using var writes = new FileWrites(folder, (count, _, _) => KillAt(count, point)).Listen();
        using var scene = new LinuxScene(folder);
        await scene.RunAsync(Token);
    }

    private static void KillAt(int count, int point)
    {
        if (count != point)
            return;
        using var self = Process.GetCurrentProcess();
        self.Kill();
        // Nothing may be written after this point, and the signal takes a moment.
        Thread.Sleep(TimeSpan.FromSeconds(30));
        throw new InvalidOperationException("the process outlived its own SIGKILL");
    }
}
