using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Runtimes;

namespace ContainerHost.Verification.Checks;

/// <summary>Two folders of the guest shared with a container, one read-only and one to write to, and what both sides saw.</summary>
internal sealed class ShareFolders(IGuestShell shell, string name)
{
    public const string FromGuest = "written by the guest";
    public const string FromContainer = "written by the container";

    private readonly string _folder = $"{CheckContext.GuestFolder}/shared-{name}";

    /// <summary>What the container does with them.</summary>
    public static string Script =>
        "echo read=$(busybox cat /read-only/file); "
        + "if (echo x >/read-only/more) 2>/dev/null; then echo wrote=yes; else echo wrote=no; fi; "
        + $"echo {FromContainer} >/read-write/file; ";

    public IReadOnlyList<SharedFolder> Folders =>
        [
            new($"{_folder}/read-only", "/read-only", ReadOnly: true),
            new($"{_folder}/read-write", "/read-write", ReadOnly: false),
        ];

    /// <summary>The check of a process-isolated container.</summary>
    public static async Task<string> CheckAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var share = new ShareFolders(context.Shell, "process");
        await share.PrepareAsync(cancellationToken);
        var run = ContainerScript.Of("verify-share", Script, folders: share.Folders);
        var output = await context.RunAsync(run, cancellationToken);
        return await share.JudgeAsync(output, cancellationToken);
    }

    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        const string make = "rm -rf \"$1\"; mkdir -p \"$1/read-only\" \"$1/read-write\"";
        return RunAsync($"{make}; echo \"$2\" >\"$1/read-only/file\"", cancellationToken);
    }

    public async Task<string> JudgeAsync(string output, CancellationToken cancellationToken) =>
        Judge(output, (await RunAsync("cat \"$1/read-write/file\"", cancellationToken)).Trim());

    /// <summary>
    /// The evidence, by what the container printed and what the guest read of it; a failure when either direction, or the protection of the
    /// read-only folder, did not work.
    /// </summary>
    public static string Judge(string output, string back)
    {
        var (read, wrote) = (Evidence.Value(output, "read"), Evidence.Value(output, "wrote"));
        var seen =
            $"container read: {read}\ncontainer could write to the read-only folder: {wrote}\nguest read: {back}";
        Evidence.Require(read == FromGuest, "The container did not see the guest's file.", seen);
        Evidence.Require(wrote == "no", "The read-only folder could be written to.", seen);
        Evidence.Require(back == FromContainer, "The guest did not see the container's file.", seen);
        return seen;
    }

    private Task<string> RunAsync(string script, CancellationToken cancellationToken)
    {
        var command = new Command("sh", "-c", script, "sh", _folder, FromGuest);
        return shell.RunCheckedAsync(command, "share folders with a container", cancellationToken);
    }
}
