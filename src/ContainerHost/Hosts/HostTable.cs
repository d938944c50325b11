using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>The list of hosts as text for people.</summary>
public static class HostTable
{
    private const string Nothing = "-";

    private static readonly string[] Headings =
    [
        "NAME",
        "GUEST",
        "STATE",
        "ADDRESS",
        "PORTS",
        "MOUNTS",
        "DISK",
        "MEMORY",
        "AGE",
        "CHECKED",
    ];

    /// <summary>
    /// A line a host; ages are relative to <paramref name="now"/>, and cells are wrapped where <paramref name="width"/> is not null: 80 are enough. What no host has is left
    /// out.
    /// </summary>
    public static string Render(IEnumerable<HostOverview> hosts, DateTimeOffset now, int? width)
    {
        var rows = hosts.Select(host => Row(host, now)).ToList();
        var shown = Enumerable
            .Range(0, Headings.Length)
            .Where(column => rows.Count == 0 || rows.Any(row => row[column] != Nothing))
            .ToList();
        return TextTable.Render(Pick(Headings), rows.Select(Pick), width);

        IReadOnlyList<string> Pick(IReadOnlyList<string> cells) => [.. shown.Select(column => cells[column])];
    }

    private static IReadOnlyList<string> Row(HostOverview host, DateTimeOffset now) =>
        [
            host.Name.Value,
            $"{host.Guest ?? Nothing}{(host.DataDisk is { } data ? $", {data} of data" : "")}",
            $"{host.State}{(host.Autostart ? ", autostart" : "")}{(host.Problem is { } problem ? $": {problem}" : "")}",
            host.Ssh ?? Nothing,
            host.Forwards.Count == 0 ? Nothing : string.Join(", ", host.Forwards),
            host.Mounts.Count == 0 ? Nothing : string.Join(", ", host.Mounts),
            Size(host.DiskBytes),
            Size(host.MemoryBytes),
            host.CreatedAt is { } created ? Age(now - created) + Left(host.ExpiresAt - now) : Nothing,
            host.LastVerification is { } last
                ? $"{(last.Passed ? "passed" : "FAILED")}{(last.NotAsked is null ? "" : " in part")} {Age(now - last.At)} ago"
                : "never",
        ];

    private static string Size(long? bytes) => bytes is { } size ? new ByteSize(size).ToHumanString() : Nothing;

    private static string Left(TimeSpan? left) =>
        left is not { } time ? ""
        : time <= TimeSpan.Zero ? ", its lifetime has ended"
        : $", {Age(time)} left";

    internal static string Age(TimeSpan age) =>
        age.TotalDays >= 2 ? $"{age.TotalDays:0} d"
        : age.TotalHours >= 2 ? $"{age.TotalHours:0} h"
        : age.TotalMinutes >= 2 ? $"{age.TotalMinutes:0} min"
        : $"{Math.Max(0, age.TotalSeconds):0} s";
}
