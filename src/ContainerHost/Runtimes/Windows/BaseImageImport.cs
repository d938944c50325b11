using ContainerHost.Guests;
using ContainerHost.Processes;

namespace ContainerHost.Runtimes.Windows;

/// <summary>Imports an archive of a base image into a guest's runtime, without the network.</summary>
internal sealed class BaseImageImport(IGuestShell shell, TimeSpan limit)
{
    /// <summary>Copies the archive, has the client load it, and removes the copy.</summary>
    public async Task RunAsync(
        string archive,
        Func<IReadOnlyList<string>, Command> client,
        CancellationToken cancellationToken
    )
    {
        var target = $@"C:\ProgramData\ContainerHost\{Path.GetFileName(archive)}";
        await shell.UploadAsync(archive, target, UnixFileMode.UserRead, cancellationToken);
        await shell.RunCheckedAsync(
            client(["load", "--input", target]),
            "import the base image",
            limit,
            cancellationToken
        );
        await shell.RunCheckedAsync(
            new Command("cmd.exe", "/c", "del", target),
            "remove the base image's archive",
            limit,
            cancellationToken
        );
    }
}
