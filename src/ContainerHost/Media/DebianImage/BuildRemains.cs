using System.Diagnostics;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Waiting;

namespace ContainerHost.Media.DebianImage;

/// <summary>
/// Removes what builds of an image left behind, those that were killed above all: they may have processes, and files of the user's
/// subordinate ids. Mounts they have none, since these went with the namespace they were made in.
/// </summary>
internal sealed class BuildRemains(CacheFolder cache, IProcessRunner processes, Poll poll)
{
    /// <summary>Removes all remains of one image; only its lock's holder may ask.</summary>
    public async Task RemoveAsync(string fingerprint, CancellationToken cancellationToken)
    {
        var images = cache.Images;
        if (!Directory.Exists(images))
            return;
        foreach (var folder in Directory.EnumerateDirectories(images, $".building-{fingerprint}-*"))
        {
            await EndProcessesAsync(folder, cancellationToken);
            await processes.RunCheckedAsync(
                Unshared.Of(new Command("rm", "-rf", "--one-file-system", folder)),
                "clean up after an image build",
                $"remove {folder} as root.",
                cancellationToken
            );
        }
    }

    private async Task EndProcessesAsync(string folder, CancellationToken cancellationToken)
    {
        var left = ProcessesIn(folder);
        foreach (var process in left)
            Kill(process.Id);
        await poll.UntilAsync(
            new Wait($"the processes of a cut-off build end in {folder}", TimeLimits.BuildEnd, "end them as root."),
            () =>
                left.FirstOrDefault(process => process.IsAlive) is { } one
                    ? Looks.NotYet<bool>($"process {one.Id} lives")
                    : Looks.Found(true),
            cancellationToken
        );
    }

    // Those of a build: they name the folder, and have mounts of their own, as somebody has not who only looks at it.
    private static IReadOnlyList<ProcessIdentity> ProcessesIn(string folder) =>
        [
            .. RunningProcess
                .List()
                .Where(process => process.Id != Environment.ProcessId)
                .Where(process => process.Words.Any(word => word.Contains(folder, StringComparison.Ordinal)))
                .Where(process =>
                    MountsOf($"{process.Id}") is { } mounts && mounts != MountsOf("self") && mounts != MountsOf("1")
                )
                .Select(process => ProcessIdentity.Find(process.Id))
                .OfType<ProcessIdentity>(),
        ];

    private static string? MountsOf(string process)
    {
        try
        {
            return new FileInfo($"/proc/{process}/ns/mnt").LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // It ended, or is somebody else's.
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception exception)
            when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It ended by itself, or another's death ended it; one that is not ours is waited for, and told.
        }
    }
}
