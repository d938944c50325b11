using System.Globalization;
using System.Text.RegularExpressions;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Waiting;

namespace ContainerHost.Media.DebianImage;

/// <summary>
/// Removes what builds of an image left behind, those that were killed above all: they may have processes of root and mounts in their
/// folders, and nothing may be removed through a mount.
/// </summary>
internal sealed partial class BuildRemains(CacheFolder cache, IProcessRunner root, Poll poll)
{
    /// <summary>Removes all remains of one image; only its lock's holder may ask.</summary>
    public async Task RemoveAsync(string fingerprint, CancellationToken cancellationToken)
    {
        var images = Path.GetDirectoryName(cache.Image(fingerprint))!;
        if (!Directory.Exists(images))
            return;
        foreach (var folder in Directory.EnumerateDirectories(images, $".building-{fingerprint}-*"))
            await RemoveFolderAsync(folder, cancellationToken);
    }

    private async Task RemoveFolderAsync(string folder, CancellationToken cancellationToken)
    {
        await EndProcessesAsync(folder, cancellationToken);
        // A mount that is still busy is detached; who uses it keeps it, and nothing is reached through it any more.
        foreach (var option in (string[])["--verbose", "--lazy"])
        foreach (var mount in MountsIn(folder))
            await root.RunAsync(new Command("umount", option, mount), cancellationToken);
        if (MountsIn(folder).Count > 0)
        {
            throw new ContainerHostException(
                "clean up after an image build that was cut off",
                $"there are still file systems mounted in {folder}",
                $"unmount them, then remove {folder}."
            );
        }
        await root.RunCheckedAsync(
            new Command("rm", "-rf", "--one-file-system", folder),
            "clean up after an image build",
            $"remove {folder} as root.",
            cancellationToken
        );
    }

    private async Task EndProcessesAsync(string folder, CancellationToken cancellationToken)
    {
        // mmdebstrap cleans up after itself when it is asked to end.
        foreach (var signal in (string[])["TERM", "KILL"])
        {
            var left = ProcessesIn(folder);
            if (left.Count == 0)
                return;
            var ids = left.Select(process => process.Id.ToString(CultureInfo.InvariantCulture));
            await root.RunAsync(new Command("sh", ["-c", "kill -s \"$0\" \"$@\"", signal, .. ids]), cancellationToken);
            try
            {
                await poll.UntilAsync(
                    new Wait(
                        $"the processes of a cut-off build end in {folder}",
                        TimeLimits.BuildEnd,
                        "end them as root."
                    ),
                    () => Alive(left),
                    cancellationToken
                );
            }
            catch (DeadlineException) when (signal == "TERM")
            {
                // Those that would not end by themselves are killed.
            }
        }
    }

    // Those that work on the folder: its name is its own, so whoever names it means it.
    private static IReadOnlyList<ProcessIdentity> ProcessesIn(string folder) =>
        [
            .. RunningProcess
                .List()
                .Where(process => process.Id != Environment.ProcessId)
                .Where(process => process.Words.Any(word => word.Contains(folder, StringComparison.Ordinal)))
                .Select(process => ProcessIdentity.Find(process.Id))
                .OfType<ProcessIdentity>(),
        ];

    private static Look<bool> Alive(IEnumerable<ProcessIdentity> processes) =>
        processes.FirstOrDefault(process => process.IsAlive) is { } one
            ? Looks.NotYet<bool>($"process {one.Id} lives")
            : Looks.Found(true);

    private static IReadOnlyList<string> MountsIn(string folder) =>
        MountsIn(folder, File.ReadLines("/proc/self/mounts"));

    /// <summary>The mount points in a folder, the last mounted first; the kernel tells them without links and with escapes (proc(5)).</summary>
    internal static IReadOnlyList<string> MountsIn(string folder, IEnumerable<string> mounts)
    {
        var real = RealPath.Of(folder);
        return
        [
            .. mounts
                .Select(line => Unescape(line.Split(' ')[1]))
                .Where(mount => mount == real || mount.StartsWith($"{real}/", StringComparison.Ordinal))
                .Reverse(),
        ];
    }

    private static string Unescape(string mount) =>
        Escape().Replace(mount, match => $"{(char)Convert.ToInt32(match.Groups[1].Value, 8)}");

    [GeneratedRegex(@"\\([0-7]{3})")]
    private static partial Regex Escape();
}
