using ContainerHost.Errors;
using ContainerHost.Processes;

namespace ContainerHost.Media.DebianImage;

/// <summary>
/// Removes what builds of an image left behind, those that were killed above all: they may have mounts in their folders, and nothing may be
/// removed through a mount.
/// </summary>
internal sealed class BuildRemains(CacheFolder cache, RootCommands root)
{
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
        foreach (var mount in MountsIn(folder, File.ReadLines("/proc/self/mounts")))
            await root.RunAsync(new Command("umount", mount), cancellationToken);
        if (MountsIn(folder, File.ReadLines("/proc/self/mounts")).Count > 0)
        {
            throw new ContainerHostException(
                "clean up after an image build that was cut off",
                $"there are still file systems mounted in {folder}",
                $"unmount them, then remove {folder}."
            );
        }
        await root.RunAsync(new Command("rm", "-rf", "--one-file-system", folder), cancellationToken);
    }

    /// <summary>The mount points in a folder, the last mounted first.</summary>
    internal static IReadOnlyList<string> MountsIn(string folder, IEnumerable<string> mounts) =>
        [
            .. mounts
                .Select(line => line.Split(' ')[1].Replace("\\040", " ", StringComparison.Ordinal))
                .Where(mount => mount.StartsWith($"{folder}/", StringComparison.Ordinal))
                .Reverse(),
        ];
}
