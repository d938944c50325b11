using System.Text.Json.Nodes;
using Build.Tests.ValueInjection;
using Nuke.Common.Execution;
using Nuke.Common.ValueInjection;

namespace Build.Tests.Execution;

public sealed class BuildSchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(Generate(new IceCream()))!;

    [Fact]
    public void The_builds_parameters_come_before_the_engines()
    {
        Schema["$schema"]!.ToString().ShouldBe("http://json-schema.org/draft-04/schema#");
        Schema["allOf"]![1]!["$ref"]!.ToString().ShouldBe("#/definitions/NukeBuild");
        Names(Schema["allOf"]![0]!["properties"]!)
            .ShouldBe("Cone Count Cream DiskSize Filling Flavour Fruit Owner Recipe Sauce Spoon");
        Names(Schema["definitions"]!["NukeBuild"]!["properties"]!)
            .ShouldBe("Help Host NoLogo Plan Profile Root Skip Target Verbosity");
        Names(Schema["definitions"]!).ShouldBe("Host ExecutableTarget Flavour Verbosity NukeBuild");
    }

    [Theory]
    [InlineData("Cone", """{"type":"boolean"}""")]
    [InlineData("Owner", """{"type":"string"}""")]
    [InlineData("DiskSize", """{"type":"string","description":"How big"}""")]
    [InlineData("Count", """{"type":"string","description":"How many"}""")]
    [InlineData("Cream", """{"type":["null","boolean"],"description":"For a friend"}""")]
    [InlineData("Flavour", """{"$ref":"#/definitions/Flavour"}""")]
    [InlineData("Spoon", """{"type":"string","enum":["Wood","Silver"]}""")]
    [InlineData("Recipe", """{"type":"string","default":"Secrets must be set in the environment"}""")]
    public void A_parameter_has_the_type_of_its_member(string name, string json) =>
        Schema["allOf"]![0]!["properties"]![name]!.ToJsonString().ShouldBe(json);

    [Theory]
    [InlineData("Target", """{"$ref":"#/definitions/ExecutableTarget"}""")]
    [InlineData("Profile", """{"type":"string"}""")]
    public void A_list_has_the_type_of_its_items(string name, string json)
    {
        var property = Schema["definitions"]!["NukeBuild"]!["properties"]![name]!;

        property["type"]!.ToString().ShouldBe("array");
        property["items"]!.ToJsonString().ShouldBe(json);
    }

    [Fact]
    public void Choices_are_listed() =>
        Schema["definitions"]!["Flavour"]!["enum"]!.ToJsonString().ShouldBe("""["Vanilla","DarkChocolate"]""");

    private static string Names(JsonNode node) => string.Join(' ', node.AsObject().Select(pair => pair.Key));

    private static string Generate(IceCream build) =>
        BuildSchema.Generate(build, TargetDiscovery.Find(build), ParameterMember.Of(build.GetType()));
}
