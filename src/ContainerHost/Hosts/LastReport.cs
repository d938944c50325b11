using System.Text.Json;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Specification;
using ContainerHost.Verification.Reports;

namespace ContainerHost.Hosts;

/// <summary>The report of a host's last verification: the absolute path of its page, when the verification began, UTC, and whether every check passed.</summary>
public sealed record LastReport(string Path, DateTimeOffset At, bool Passed)
{
    internal static LastReport Find(LocalFolders folders, HostName host)
    {
        var paths = ReportPaths.In(System.IO.Path.Combine(folders.ReportsDirectory, host.Value), "verification");
        if (!File.Exists(paths.Json) || !File.Exists(paths.Html))
            throw Failed(host, $"there is none at {paths.Html}");
        try
        {
            using var report = JsonDocument.Parse(File.ReadAllText(paths.Json));
            var root = report.RootElement;
            return new LastReport(
                paths.Html,
                root.GetProperty("startedAt").GetDateTimeOffset(),
                root.GetProperty("passed").GetBoolean()
            );
        }
        catch (Exception damaged)
            when (damaged is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw Failed(host, $"{paths.Json} is damaged: {damaged.Message}", damaged);
        }
    }

    private static ContainerHostException Failed(HostName host, string saw, Exception? inner = null) =>
        new(
            "find the report of the host's last verification",
            saw,
            $"'./build.sh Verify --name {host}' verifies the host and writes it.",
            host.Value,
            inner
        );
}
