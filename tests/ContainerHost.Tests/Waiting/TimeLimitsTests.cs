using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Build.Tests.Bootstrap;
using ContainerHost.Waiting;

namespace ContainerHost.Tests.Waiting;

/// <summary>Every limit of time stands in one place and in docs/reference.md, which CONTAINERHOST_APPROVE=1 writes anew.</summary>
public sealed partial class TimeLimitsTests
{
    // How often something is looked at or told, what users give, and numbers of others: no limits.
    private static readonly Dictionary<string, int> NoLimits = new()
    {
        ["Guests/SshConnections.cs"] = 1,
        ["Hosts/Steps/GuestClock.cs"] = 2, // what does no harm
        ["Hosts/Steps/InstallationWait.cs"] = 1,
        ["Hosts/Watching/GuestWatch.cs"] = 1, // how often it looks
        ["Machines/HyperV/Cim/CimTime.cs"] = 1,
        ["Machines/HyperV/HyperVHost.cs"] = 1,
        ["Machines/InstallationBoot.cs"] = 1,
        ["Media/Downloads/DownloadOptions.cs"] = 2,
        ["Media/Downloads/ProgressLog.cs"] = 2,
        ["Processes/ProcessIdentity.cs"] = 1,
        ["Runtimes/Packages/DebianPackages.cs"] = 1,
        ["Specification/TimeLimit.cs"] = 1,
        ["Verification/Reports/HtmlTimeline.cs"] = 1,
        ["Waiting/Poll.cs"] = 1,
    };

    private static IEnumerable<PropertyInfo> Limits =>
        typeof(TimeLimits).GetProperties(BindingFlags.Public | BindingFlags.Static).OrderBy(one => one.MetadataToken);

    [Fact]
    public void The_reference_lists_them_all() => Table().ShouldBeIn("docs/reference.md", "limits of time");

    [Fact]
    public void No_other_file_has_a_limit_of_its_own()
    {
        var source = Path.Combine(Repository.Root, "src", "ContainerHost");
        var found = Directory
            .EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Name: Path.GetRelativePath(source, path).Replace('\\', '/'), path))
            .Where(file => !file.Name.StartsWith("obj/", StringComparison.Ordinal))
            .Where(file => !file.Name.EndsWith("/TimeLimits.cs", StringComparison.Ordinal))
            .Select(file => (file.Name, Count: Length().Count(File.ReadAllText(file.path))))
            .Where(file => file.Count > 0)
            .ToDictionary(file => file.Name, file => file.Count);

        found.OrderBy(one => one.Key).ShouldBe(NoLimits.OrderBy(one => one.Key));
    }

    [Fact]
    public void What_waits_for_another_limit_waits_longer()
    {
        TimeLimits.MicroVmCommand.ShouldBeGreaterThan(TimeLimits.MicroVm);
        TimeLimits.HyperVAddress.ShouldBeGreaterThanOrEqualTo(TimeLimits.WindowsBoot);
        TimeLimits.HyperVAddress.ShouldBeGreaterThanOrEqualTo(TimeLimits.DebianBoot);
        TimeLimits.GuestCommand.ShouldBeGreaterThan(TimeLimits.ContainerEnd);
    }

    private static string Table()
    {
        var members = XDocument
            .Load(Path.ChangeExtension(typeof(TimeLimits).Assembly.Location, ".xml"))
            .Descendants("member")
            .ToLookup(one => one.Attribute("name")!.Value, one => one.Element("summary")?.Value.Trim());
        var rows = Limits.Select(limit =>
        {
            var what = members[$"P:{typeof(TimeLimits).FullName}.{limit.Name}"].Single().ShouldNotBeNull();
            var stretched = limit.IsDefined(typeof(StretchedAttribute)) ? " ×" : "";
            return $"| `{limit.Name}` | {Text((TimeSpan)limit.GetValue(null)!)}{stretched} | {what} |\n";
        });
        return $"| limit | at most | what must happen until then |\n|---|---|---|\n{string.Concat(rows)}";
    }

    private static string Text(TimeSpan time) =>
        time switch
        {
            { TotalHours: >= 24 } => $"{time.TotalDays} d",
            { TotalHours: >= 1.6 } or { TotalHours: 1 } => $"{time.TotalHours} h",
            { TotalMinutes: >= 2 } or { TotalMinutes: 1 } => $"{time.TotalMinutes} min",
            _ => $"{time.TotalSeconds} s",
        };

    [GeneratedRegex(@"TimeSpan\s*\.From(Seconds|Minutes|Hours|Days)\(")]
    private static partial Regex Length();
}
