using Nuke.Common.CI.AzurePipelines;
using Nuke.Common.CI.GitHubActions;
using Nuke.Common.CI.GitLab;
using Nuke.Common.CI.Jenkins;
using Nuke.Common.CI.TeamCity;

namespace Nuke.Common;

/// <summary>What the build runs in: a terminal or a build server.</summary>
public abstract class Host
{
    // Each server says who it is by a variable of its own.
    private static readonly (string Variable, Func<Host> Create)[] Servers =
    [
        ("TF_BUILD", () => new AzurePipelines()),
        ("GITHUB_ACTIONS", () => new GitHubActions()),
        ("GITLAB_CI", () => new GitLab()),
        ("JENKINS_HOME", () => new Jenkins()),
        ("TEAMCITY_VERSION", () => new TeamCity()),
    ];

    internal static IReadOnlyList<string> Names => [.. All.Select(host => host.ToString())];

    private static IEnumerable<Host> All => Servers.Select(server => server.Create()).Append(new Terminal());

    /// <summary>The host's name, as <c>--host</c> takes it.</summary>
    public sealed override string ToString() => GetType().Name;

    internal static Host Detect(IReadOnlyDictionary<string, string> environment) =>
        Servers
            .Where(server => environment.ContainsKey(server.Variable))
            .Select(server => server.Create())
            .FirstOrDefault()
        ?? new Terminal();

    internal static Host? Parse(string name) =>
        All.FirstOrDefault(host => host.ToString().Equals(name, StringComparison.OrdinalIgnoreCase));
}
