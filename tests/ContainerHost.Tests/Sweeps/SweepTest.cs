namespace ContainerHost.Tests.Sweeps;

/// <summary>Tests of hundreds of runs, each of which has a folder of its own, in memory where that is to be had.</summary>
public abstract class SweepTest : IDisposable
{
    /// <summary>The folder, which goes with its test.</summary>
    protected string Folder { get; } = MakeFolder();

    public static string MakeFolder() =>
        Directory
            .CreateDirectory(
                Path.Combine(
                    Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(),
                    $"containerhost-sweep-{Guid.NewGuid():N}"
                )
            )
            .FullName;

    public virtual void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
