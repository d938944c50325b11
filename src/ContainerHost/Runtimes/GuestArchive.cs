using ContainerHost.Guests;
using ContainerHost.Processes;

namespace ContainerHost.Runtimes;

/// <summary>An archive of an image on its way into a Linux guest's runtime.</summary>
internal static class GuestArchive
{
    /// <summary>Copies it, has a client take it in, and removes the copy, however that ends.</summary>
    public static async Task LoadAsync(
        IGuestShell shell,
        string archive,
        Func<string, Command> load,
        CancellationToken cancellationToken
    )
    {
        var path = $"/var/tmp/image-{Guid.NewGuid():N}.tar";
        var remove = new Command("rm", "-f", path);
        await Afterwards.RunAsync(
            async () =>
            {
                await shell.UploadAsync(
                    archive,
                    path,
                    UnixFileMode.UserRead | UnixFileMode.UserWrite,
                    cancellationToken
                );
                return await shell.RunCheckedAsync(
                    load(path),
                    "load the image",
                    cancellationToken,
                    Waiting.TimeLimits.ImageLoad
                );
            },
            token => shell.RunCheckedAsync(remove, "remove the image's archive", token),
            cancellationToken
        );
    }
}
