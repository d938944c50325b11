using ContainerHost.Errors;
using ContainerHost.Hosts;

namespace ContainerHost.Tests.Sweeps;

/// <summary>A run with one fault in it, and what must hold after it.</summary>
internal static class SweptRun
{
    /// <summary>Which calls an undisturbed run makes; none where this machine cannot do one.</summary>
    public static IReadOnlyList<PortCall> FindCalls(out int monitorCalls, out int writes)
    {
        (monitorCalls, writes) = (0, 0);
        if (!RealTool.IsThere("python3"))
            return [];
        var folder = SweepTest.MakeFolder();
        try
        {
            var named = 0;
            using var heard = new FileWrites(folder, (_, what, _) => named += what == "named" ? 1 : 0).Listen();
            using var scene = new LinuxScene(folder);
            scene.RunAsync(CancellationToken.None).GetAwaiter().GetResult().Report.Passed.ShouldBeTrue();
            writes = named;
            monitorCalls = File.ReadAllLines(Path.Combine(folder, "bin", "qmp-calls")).Length;
            scene.DestroyAsync(CancellationToken.None).GetAwaiter().GetResult().ShouldBeEmpty();
            return scene.Ports.Calls;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs to the fault, and judges: it is told in its own words, nothing is left, and the next run ends verified.</summary>
    /// <param name="told">The fault's own words; one of them is enough, and empty where nothing says that it happened.</param>
    public static async Task JudgeAsync(
        string folder,
        Action<LinuxScene> disturb,
        Action<LinuxScene> lift,
        bool canUndo = true,
        params string[] told
    )
    {
        using var scene = new LinuxScene(folder);
        VerificationOutcome? outcome = null;
        Exception? error;
        try
        {
            disturb(scene);
            error = await Record.ExceptionAsync(async () => outcome = await scene.RunAsync(Token));
        }
        finally
        {
            lift(scene);
        }
        scene.Guests.Held.ShouldBe(0, "a shell that nobody lets go stays open in the guest");
        scene.Strays().ShouldBeEmpty($"{error}");
        if (error is not null)
        {
            error.ShouldBeAssignableTo<ContainerHostException>($"{error}")!.Message.ShouldContain("Try:");
            told.ShouldContain(words => error.Message.Contains(words), error.Message);
            if (canUndo)
                scene.HalfMade().ShouldBeEmpty($"{error}");
        }
        else
        {
            // What a check tidies up with may fail without a word; the first that fails for it must tell it.
            if (outcome!.Report.Checks.FirstOrDefault(check => !check.Passed) is { } failed)
            {
                var said = $"{failed.Problem}\n{failed.Evidence}";
                told.ShouldContain(words => said.Contains(words), said);
            }
            outcome.Report.Checks.Where(check => check.Problem?.StartsWith("The check itself") == true).ShouldBeEmpty();
        }

        using var again = new LinuxScene(folder);
        var second = await again.RunAsync(Token);
        second
            .Report.Checks.Where(check => !check.Passed)
            .Select(check => check.Problem)
            .ShouldBeEmpty($"after {error}");
        (await again.DestroyAsync(Token)).ShouldBeEmpty();
    }
}
