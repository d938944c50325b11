namespace Nuke.Common;

/// <summary>What the build runs in: a terminal, or one of the build servers that the product hands its result to.</summary>
public sealed class Host
{
    // Each server says who it is by a variable of its own.
    private static readonly (string Variable, Host Host)[] Servers =
    [
        ("TF_BUILD", new("AzurePipelines")),
        ("GITHUB_ACTIONS", new("GitHubActions")),
    ];

    private readonly string _name;

    private Host(string name) => _name = name;

    internal static Host Terminal { get; } = new("Terminal");

    internal static IReadOnlyList<string> Names => [.. All.Select(host => host._name)];

    private static IEnumerable<Host> All => Servers.Select(server => server.Host).Append(Terminal);

    /// <summary>The host's name, as <c>--host</c> takes it.</summary>
    public override string ToString() => _name;

    internal static Host Detect(IReadOnlyDictionary<string, string> environment) =>
        Servers.FirstOrDefault(server => environment.ContainsKey(server.Variable)).Host ?? Terminal;

    internal static Host? Parse(string name) =>
        All.FirstOrDefault(host => host._name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
