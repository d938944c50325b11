using ContainerHost.Processes;

namespace ContainerHost.Tests.Sweeps;

/// <summary>A small file system of its own, mounted at a folder, which really fills up and really becomes read-only.</summary>
internal sealed class SmallDisk(string folder)
{
    private string Ballast => Path.Combine(folder, "ballast");

    public static bool IsPossible => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;

    /// <summary>Mounts it; a machine that does not let us has the test skipped.</summary>
    public async Task MountAsync()
    {
        Assert.SkipUnless(IsPossible, "file systems are mounted by root alone.");
        Directory.CreateDirectory(folder);
        var words = new[] { "-t", "tmpfs", "-o", "size=16m", "containerhost-sweep", folder };
        var mounted = await new ProcessRunner().RunAsync(new Command("mount", words), Token);
        Assert.SkipUnless(mounted.Succeeded, $"this machine mounts no file system: {mounted.StandardError}");
    }

    public void Begin(DiskFault fault)
    {
        if (fault == DiskFault.Full)
            Fill();
        else
        {
            Run("mount", "--bind", folder, folder);
            Run("mount", "-o", "remount,bind,ro", folder);
        }
    }

    public void End(DiskFault fault)
    {
        if (fault == DiskFault.Full)
            File.Delete(Ballast);
        else
            Unmount();
    }

    public void Unmount() => Run("umount", "--lazy", folder);

    private void Fill()
    {
        using var ballast = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var block = new byte[1 << 20]; block.Length >= 1024; block = new byte[block.Length / 4])
        {
            try
            {
                while (true)
                    ballast.Write(block);
            }
            catch (IOException)
            {
                // Smaller ones may fit.
            }
        }
    }

    // In the middle of a call of the run, which is not asynchronous there.
    private static void Run(string program, params string[] words) =>
        new ProcessRunner()
            .RunAsync(new Command(program, words), CancellationToken.None)
            .GetAwaiter()
            .GetResult()
            .ExitCode.ShouldBe(0);
}
