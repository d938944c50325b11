using ContainerHost.Guests;
using ContainerHost.Runtimes;
using ContainerHost.Specification;

namespace ContainerHost.Verification.Checks.Windows;

/// <summary>Containers of the checks' image that run a line of cmd, and what the guest sees of them.</summary>
internal static class WindowsContainers
{
    /// <summary>The folder in the guest that the checks may write to.</summary>
    public const string GuestFolder = @"C:\ProgramData\ContainerHost\verify";

    /// <summary>A container of one line; a quote in it would not survive the way to cmd.</summary>
    public static ContainerRun Of(
        string name,
        string line,
        Isolation isolation = Isolation.Process,
        params IReadOnlyList<SharedFolder> folders
    ) =>
        line.Contains('"', StringComparison.Ordinal)
            ? throw new ArgumentException("the line has a quote", nameof(line))
            : new ContainerRun
            {
                Name = name,
                Image = CheckContext.Image,
                Isolation = isolation,
                Command = ["cmd", "/s", "/c", line],
                SharedFolders = folders,
            };

    // A container that stays for some minutes, known by a word in its command line.
    private static ContainerRun Staying(string name, string word, Isolation isolation) =>
        // The word last: cmd takes all that follows "rem" for a remark.
        Of(name, $"ping -n 600 127.0.0.1 & rem {word}", isolation);

    // How many processes the guest's own kernel has with that word: those of its process-isolated containers are among them.
    private static async Task<int> CountAsync(CheckContext context, string word, CancellationToken cancellationToken)
    {
        var said = await RunAsync(context, "count-processes.ps1", cancellationToken, word);
        return GuestScript.ReadAnswer<Processes>(said).Count;
    }

    /// <summary>How many processes of a container the guest's own kernel has while it runs: none tells that it runs on another.</summary>
    public static async Task<int> CountOnKernelAsync(
        CheckContext context,
        string name,
        Isolation isolation,
        CancellationToken cancellationToken
    )
    {
        var word = $"containerhost-{Guid.NewGuid():N}";
        await context.Runtime.CreateAsync(Staying(name, word, isolation), cancellationToken);
        try
        {
            await context.Runtime.StartAsync(name, cancellationToken);
            return await CountAsync(context, word, cancellationToken);
        }
        finally
        {
            await context.Runtime.RemoveAsync(name, CancellationToken.None);
        }
    }

    /// <summary>The check that nothing is left of a container once it was created, looked into, stopped and removed; not even a process.</summary>
    public static async Task<string> CheckLifeAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var word = $"containerhost-{Guid.NewGuid():N}";
        var life = new LifeCycle(context.Runtime, Staying("verify-life", word, Isolation.Process));
        await life.RunAsync(["cmd", "/s", "/c", "echo inside"], cancellationToken);
        var left = await CountAsync(context, word, cancellationToken);
        Evidence.Require(left == 0, "Processes of the container are left.", $"{life.Seen}\nprocesses: {left}");
        return $"{life.Seen}\nno container and no process is left";
    }

    public static Task<string> RunAsync(
        CheckContext context,
        string script,
        CancellationToken cancellationToken,
        params IReadOnlyList<string> arguments
    ) =>
        context.Shell.RunScriptAsync(
            $"Verification.Checks.Windows.{script}",
            "look at the guest",
            cancellationToken,
            arguments
        );

    private sealed record Processes(int Count);
}
