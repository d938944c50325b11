namespace ContainerHost.Hosts;

/// <summary>The list of hosts as text for people.</summary>
public static class HostTable
{
    /// <summary>A line a host; ages are relative to <paramref name="now"/>, and cells are wrapped where <paramref name="width"/> is not null.</summary>
    public static string Render(IEnumerable<HostOverview> hosts, DateTimeOffset now, int? width) =>
        TextTable.Render(
            ["NAME", "GUEST", "STATE", "ADDRESS", "SSH", "FORWARDS", "MOUNTS", "AGE", "VERIFIED"],
            hosts.Select(host =>
                (IReadOnlyList<string>)
                    [
                        host.Name.Value,
                        host.Guest ?? "-",
                        host.Problem is null ? $"{host.State}" : $"{host.State}: {host.Problem}",
                        host.Address ?? "-",
                        host.Ssh ?? "-",
                        host.Forwards.Count == 0 ? "-" : string.Join(", ", host.Forwards),
                        host.Mounts.Count == 0 ? "-" : string.Join(", ", host.Mounts),
                        host.CreatedAt is { } created ? Age(now - created) + Left(host.ExpiresAt - now) : "-",
                        host.LastVerification is { } last
                            ? $"{(last.Passed ? "passed" : "FAILED")}{(last.NotAsked is null ? "" : " in part")} {Age(now - last.At)} ago"
                            : "never",
                    ]
            ),
            width
        );

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
