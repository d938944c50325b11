using ContainerHost.Hosts;
using ContainerHost.Targets.Hosting;

namespace ContainerHost.Targets;

/// <summary>What a target of a build's own needs of its hosts.</summary>
public static class HostsExtensions
{
    /// <summary>
    /// Runs a target's work as the six targets run theirs: ended by Ctrl-C and by <c>--timeout</c>, its failure told once, in the document of
    /// <c>--json</c> too, with the exit code of <see cref="Errors.ExitCodes"/>.
    /// </summary>
    public static Task WithHostsAsync(this IDescribeHosts build, Func<LocalHosts, CancellationToken, Task> work)
    {
        var run = build.Run();
        return run.ExecuteAsync(token => work(run.Hosts, token));
    }
}
