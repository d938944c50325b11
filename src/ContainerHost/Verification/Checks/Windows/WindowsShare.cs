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
        var output = await context.RunAsync(run, cancellationToken);
        return await share.JudgeAsync(context, output, cancellationToken);
    }

    public Task PrepareAsync(CheckContext context, CancellationToken cancellationToken)
    {
        string[] words = ["prepare", _folder, ShareFolders.FromGuest];
        return WindowsContainers.RunAsync(context, "share-folders.ps1", cancellationToken, words);
    }

    public async Task<string> JudgeAsync(CheckContext context, string output, CancellationToken cancellationToken)
    {
        var said = await WindowsContainers.RunAsync(context, "share-folders.ps1", cancellationToken, "read", _folder);
        return ShareFolders.Judge(output, said.Trim());
    }
}
