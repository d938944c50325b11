using ContainerHost.Runtimes;

namespace ContainerHost.Verification.Checks.Windows;

/// <summary>Two folders of the guest shared with a container, one read-only and one to write to, and what both sides saw.</summary>
internal sealed class WindowsShare(string name)
{
    private readonly string _folder = $@"{WindowsContainers.GuestFolder}\shared-{name}";

    /// <summary>What the container does with them.</summary>
    public static string Line =>
        @"(for /f tokens^=* %a in (C:\read-only\file) do @echo read=%a)"
        + @"& (echo x>C:\read-only\more && echo wrote=yes || echo wrote=no)"
        + $@"& echo {ShareFolders.FromContainer}>C:\read-write\file";

    public IReadOnlyList<SharedFolder> Folders =>
        [
            new($@"{_folder}\read-only", @"C:\read-only", ReadOnly: true),
            new($@"{_folder}\read-write", @"C:\read-write", ReadOnly: false),
        ];

    /// <summary>The check of a process-isolated container.</summary>
    public static async Task<string> CheckAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var share = new WindowsShare("process");
        await share.PrepareAsync(context, cancellationToken);
        var run = WindowsContainers.Of("verify-share", Line, folders: share.Folders);
        var output = Evidence.OutputOf(await context.Runtime.RunAsync(run, cancellationToken));
        return await share.JudgeAsync(context, output, cancellationToken);
    }

    public Task PrepareAsync(CheckContext context, CancellationToken cancellationToken) =>
        WindowsContainers.RunAsync(
            context,
            "share-folders.ps1",
            cancellationToken,
            "prepare",
            _folder,
            ShareFolders.FromGuest
        );

    /// <summary>The evidence; a failure when either direction, or the protection of the read-only folder, did not work.</summary>
    public async Task<string> JudgeAsync(CheckContext context, string output, CancellationToken cancellationToken)
    {
        var said = await WindowsContainers.RunAsync(context, "share-folders.ps1", cancellationToken, "read", _folder);
        return ShareFolders.Judge(output, said.Trim());
    }
}
