using System.Diagnostics;
using ContainerHost.Hosts;

namespace ContainerHost.HyperV.Tests.Graph;

/// <summary>What stays of a host that is gone: nothing, however many there were. Alone, since handles and memory are the process's.</summary>
[Collection(nameof(LongRunTests))]
[CollectionDefinition(nameof(LongRunTests), DisableParallelization = true)]
public sealed class LongRunTests
{
    private const int Rounds = 100;
    private const long MostMemory = 8 << 20;
    private const int MostHandles = 10;

    [Fact]
    public async Task A_hundred_hosts_that_came_and_went_leave_no_files_handles_nor_memory()
    {
        using var scene = new WindowsScene();
        for (var i = 0; i < 5; i++)
            await CycleAsync(scene);
        var before = Measure(scene);

        for (var i = 0; i < Rounds; i++)
            await CycleAsync(scene);

        var after = Measure(scene);
        TestContext.Current.TestOutputHelper?.WriteLine($"after {Rounds} hosts: {before} before, {after} now");
        after.Files.ShouldBe(before.Files);
        (after.Handles - before.Handles).ShouldBeLessThan(MostHandles);
        (after.Memory - before.Memory).ShouldBeLessThan(MostMemory);
        scene.Host.Machines.All.ShouldBeEmpty();
        scene.Guest.IsHeld.ShouldBeFalse();
    }

    private static async Task CycleAsync(WindowsScene scene)
    {
        (await scene.RunAsync()).Report.Passed.ShouldBeTrue();
        (await new HostRemover(scene.Services).RemoveAsync(WindowsScene.NameOf("lab1"), Token)).ShouldBeTrue();
        // The stand-ins' own records, which no product keeps.
        scene.Host.Calls.Clear();
        scene.Guest.Calls.Clear();
        scene.Guest.Uploads.Clear();
    }

    private static Measured Measure(WindowsScene scene)
    {
        var folders = scene.Services.Folders;
        string[] roots = [folders.HostsDirectory, folders.CacheDirectory, folders.ReportsDirectory];
        var files = roots
            .Where(Directory.Exists)
            .Sum(root => Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories).Count());
        using var process = Process.GetCurrentProcess();
        var handles = OperatingSystem.IsLinux()
            ? Directory.EnumerateFileSystemEntries("/proc/self/fd").Count()
            : process.HandleCount;
        return new Measured(files, handles, GC.GetTotalMemory(forceFullCollection: true));
    }

    private sealed record Measured(int Files, int Handles, long Memory);
}
