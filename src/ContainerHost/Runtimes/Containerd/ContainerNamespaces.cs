using ContainerHost.Guests;
using ContainerHost.Processes;

namespace ContainerHost.Runtimes.Containerd;

/// <summary>The namespaces that give a container of <c>ctr</c> its own address and host name, and containers that run in them to their end.</summary>
internal sealed class ContainerNamespaces(IGuestShell shell)
{
    private const string Script = "Runtimes.Containerd.namespaces.sh";

    /// <summary>Runs a container of that runtime (containerd's own by default) in namespaces of its own, to its end.</summary>
    public async Task<ContainerResult> RunAsync(
        ContainerRun run,
        CancellationToken cancellationToken,
        string? runtime = null
    )
    {
        await AddAsync(run, cancellationToken);
        var result = await Afterwards.RunAsync(
            () => shell.RunAsync(ContainerdCommands.Run(run, runtime), cancellationToken),
            token => RemoveAsync(run.Name, token),
            cancellationToken
        );
        return new ContainerResult(result.ExitCode, result.StandardOutput, result.StandardError);
    }

    /// <summary>Prints the address of a container's end of the bridge.</summary>
    public static Command Address(string name) => new("ip", "-netns", name, "-4", "-o", "address", "show", "eth0");

    /// <summary>Reads what <see cref="Address"/> prints: "2: eth0    inet 10.88.0.5/16 brd ...".</summary>
    public static string ReadAddress(string output) =>
        output
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SkipWhile(word => word != "inet")
            .Skip(1)
            .FirstOrDefault("")
            .Split('/')[0];

    /// <summary>Makes them, and removes first what a run that was cut off left of that name.</summary>
    public Task AddAsync(ContainerRun run, CancellationToken cancellationToken)
    {
        string[] words = ["add", run.Name, run.HostName ?? run.Name];
        return shell.RunScriptAsync(Script, $"give the container '{run.Name}' a network", cancellationToken, words);
    }

    /// <summary>Takes them away; those that are not there are fine.</summary>
    public Task RemoveAsync(string name, CancellationToken cancellationToken) =>
        shell.RunScriptAsync(Script, $"take the network of container '{name}' away", cancellationToken, "remove", name);
}
