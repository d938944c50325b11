using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Build.Tests.Bootstrap;
using ContainerHost.Verification;
using ContainerHost.Verification.Reports;

namespace ContainerHost.Tests.Verification.Reports;

public sealed class JsonReportTests
{
    [Fact]
    public void The_written_json_has_exactly_the_documented_properties()
    {
        var json = Parse(SampleReport.Of(SampleReport.Good, SampleReport.Bad));

        Differences(ReadSchema(), json, "$").ShouldBeEmpty();
        Differences(ReadSchema("prove"), Parse(SampleReport.OfImages), "$").ShouldBeEmpty();
    }

    [Fact]
    public void Every_documented_property_is_written_for_a_report_that_has_all_there_is()
    {
        var written = Names(Parse(SampleReport.Of(SampleReport.Bad) with { NotAsked = ["reboot"] })).ToHashSet();

        DocumentedNames(ReadSchema()).ShouldBe(written, ignoreOrder: true);
        DocumentedNames(ReadSchema("prove"))
            .ShouldBe(Names(Parse(SampleReport.OfImages)).ToHashSet(), ignoreOrder: true);
    }

    [Fact]
    public void A_report_is_passed_only_when_there_are_checks_and_all_passed()
    {
        SampleReport.Of(SampleReport.Good).Passed.ShouldBeTrue();
        SampleReport.Of(SampleReport.Good, SampleReport.Bad).Passed.ShouldBeFalse();
        SampleReport.Of().Passed.ShouldBeFalse();
        Parse(SampleReport.Of(SampleReport.Good))["passed"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public void The_picture_stays_out_of_the_json()
    {
        var report = SampleReport.Of(SampleReport.Good) with { ScreenshotPng = [0x89, 0x50] };

        JsonReport.Render(report).ShouldBe(JsonReport.Render(report with { ScreenshotPng = null }));
    }

    private static JsonNode Parse(VerificationReport report) => JsonNode.Parse(JsonReport.Render(report))!;

    private static JsonNode ReadSchema(string name = "verification") =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, $"docs/schema/{name}.schema.json")))!;

    // As much of JSON Schema as ours uses.
    private static IEnumerable<string> Differences(JsonNode schema, JsonNode? value, string at)
    {
        if (schema["const"] is { } constant && !JsonNode.DeepEquals(constant, value))
            yield return $"{at} is {value}, not {constant}";
        if (schema["pattern"] is { } pattern && !Regex.IsMatch($"{value}", $"{pattern}"))
            yield return $"{at} does not match {pattern}";
        if (schema["type"] is { } type && $"{type}" != TypeOf(value))
            yield return $"{at} is a {TypeOf(value)}, not a {type}";
        if (value is JsonArray array && schema["items"] is not null)
        {
            foreach (var difference in array.SelectMany(item => Differences(schema["items"]!, item, $"{at}[]")))
                yield return difference;
        }
        if (value is JsonObject present)
        {
            var properties = schema["properties"]!.AsObject();
            foreach (var name in schema["required"]!.AsArray().Select(name => $"{name}"))
                if (!present.ContainsKey(name))
                    yield return $"{at}.{name} is missing";
            foreach (var (name, child) in present)
            {
                if (properties[name] is not { } known)
                    yield return $"{at}.{name} is not documented";
                else
                    foreach (var difference in Differences(known, child, $"{at}.{name}"))
                        yield return difference;
            }
        }
    }

    private static string TypeOf(JsonNode? value) =>
        value switch
        {
            JsonObject => "object",
            JsonArray => "array",
            null => "null",
            _ => value.GetValueKind() switch
            {
                System.Text.Json.JsonValueKind.String => "string",
                System.Text.Json.JsonValueKind.Number => "integer",
                _ => "boolean",
            },
        };

    private static IEnumerable<string> Names(JsonNode? value, string at = "$") =>
        value switch
        {
            JsonObject present => present.SelectMany(pair =>
                Names(pair.Value, $"{at}.{pair.Key}").Prepend($"{at}.{pair.Key}")
            ),
            JsonArray array => array.SelectMany(item => Names(item, $"{at}[]")),
            _ => [],
        };

    private static IEnumerable<string> DocumentedNames(JsonNode schema, string at = "$") =>
        schema["properties"] is JsonObject properties
            ? properties.SelectMany(pair =>
                DocumentedNames(pair.Value!, $"{at}.{pair.Key}").Prepend($"{at}.{pair.Key}")
            )
        : schema["items"] is { } items ? DocumentedNames(items, $"{at}[]")
        : [];
}
