using System.Reflection;
using ContainerHost.Specification.Parameters;
using ContainerHost.Tests;
using Nuke.Common;

namespace Build.Tests.Parameters;

/// <summary>The members of the build that take parameters are thin: what they say is in the library's rows, and nowhere else but here checked.</summary>
public sealed class ParameterRowTests
{
    private static readonly IReadOnlyList<PropertyInfo> Members =
    [
        .. new[] { typeof(IProvisionHost), typeof(IDevelop) }
            .SelectMany(component => component.Assembly.GetTypes())
            .Where(type => type.IsInterface && type.IsAssignableTo(typeof(INukeBuild)))
            .SelectMany(type => type.GetProperties())
            .Where(member => member.GetCustomAttribute<ParameterAttribute>() is not null),
    ];

    private static IEnumerable<(PropertyInfo Member, Parameter Row)> OfHosts =>
        from member in Members
        let attribute = member.GetCustomAttribute<HostParameterAttribute>()
        where attribute is not null
        select (member, Row: HostParameters.Find(attribute.Name!));

    [Fact]
    public void Every_row_has_one_member_and_every_member_a_row() =>
        OfHosts.Select(one => one.Row.Name).ShouldBe(HostParameters.All.Select(row => row.Name), ignoreOrder: true);

    [Fact]
    public void Members_are_secret_where_their_rows_are() =>
        OfHosts.ShouldAllBe(one => one.Row.IsSecret == one.Member.IsDefined(typeof(SecretAttribute)));

    [Fact]
    public void Members_are_switches_where_their_rows_are_flags() =>
        OfHosts.ShouldAllBe(one => one.Member.PropertyType == (one.Row.IsFlag ? typeof(bool) : typeof(string)));

    [Fact]
    public void The_reference_lists_every_parameter() =>
        (
            "| parameter | default | what it is | for | another value takes |\n|---|---|---|---|---|\n"
            + string.Concat(HostParameters.All.Select(Line))
            + string.Concat(Members.Where(member => OfHosts.All(one => one.Member != member)).Select(Line))
        ).ShouldBeIn("docs/reference.md", "parameters");

    private static string Line(Parameter row)
    {
        var allowed = string.Join(
            "; ",
            new[] { string.Join(", ", row.Values ?? []), row.Allowed }.Where(text => text.Length > 0)
        );
        var secret = row.IsSecret ? "; a secret" : "";
        return $"| `--{row.Name}` | {row.Default} | {row.Words}{(allowed.Length > 0 ? $": {allowed}" : "")}{secret} | {row.For.Words} | {Takes(row.Change)} |\n";
    }

    private static string Line(PropertyInfo member)
    {
        var attribute = member.GetCustomAttribute<ParameterAttribute>()!;
        var words = attribute.Description!.Split(" - default is ");
        var secret = member.IsDefined(typeof(SecretAttribute)) ? "; a secret" : "";
        return $"| `--{Dashed(attribute.Name ?? member.Name)}` | {(words.Length > 1 ? words[1] : "")} | {words[0]}{secret} | the run | |\n";
    }

    private static string Dashed(string name) =>
        string.Concat(name.Select((c, at) => at > 0 && char.IsUpper(c) ? $"-{c}" : $"{c}")).ToLowerInvariant();

    private static string Takes(Change change) =>
        change switch
        {
            Change.ThisRun => "",
            Change.InPlace => "nothing: it counts from then on",
            Change.Grow => "nothing where it is larger; else `--recreate`",
            Change.PowerCycle => "a power cycle",
            Change.InstallAgain => "InstallContainers again",
            Change.MakeAnew => "`--recreate`",
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "no such change is known"),
        };
}
