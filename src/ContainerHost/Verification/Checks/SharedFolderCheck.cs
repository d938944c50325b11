namespace ContainerHost.Verification.Checks;

/// <summary>Folders of the guest shared with a process-isolated container, read-only and read-write.</summary>
internal sealed class SharedFolderCheck : ICheck
{
    public string Id => "shared-folder";

    public string Title => "A shared folder, read-only and read-write";

    public async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var share = new ShareFolders(context.Shell, "process");
        await share.PrepareAsync(cancellationToken);
        var run = ContainerScript.Of("verify-share", ShareFolders.Script, folders: share.Folders);
        var output = Evidence.OutputOf(await context.Runtime.RunAsync(run, cancellationToken));
        return await share.JudgeAsync(output, cancellationToken);
    }
}
