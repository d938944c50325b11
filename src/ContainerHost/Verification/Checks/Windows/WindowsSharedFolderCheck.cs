using ContainerHost.Specification;

namespace ContainerHost.Verification.Checks.Windows;

/// <summary>Folders of the guest shared with a process-isolated container, read-only and read-write.</summary>
internal sealed class WindowsSharedFolderCheck : ICheck
{
    public string Id => "shared-folder";

    public string Title => "A shared folder, read-only and read-write";

    public async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var share = new WindowsShare("process");
        await share.PrepareAsync(context, cancellationToken);
        var run = WindowsContainers.Of("verify-share", WindowsShare.Line, Isolation.Process, share.Folders);
        var output = Evidence.OutputOf(await context.Runtime.RunAsync(run, cancellationToken));
        return await share.JudgeAsync(context, output, cancellationToken);
    }
}
