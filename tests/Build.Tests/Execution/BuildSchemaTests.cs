using System.Text.Json.Nodes;
using Build.Tests.ValueInjection;
using Nuke.Common.Execution;

namespace Build.Tests.Execution;

public sealed class BuildSchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(BuildSchema.Generate(typeof(IceCream)))!;

    [Fact]
    public void The_builds_parameters_come_before_the_engines()
    {
        Schema["$schema"]!.ToString().ShouldBe("http://json-schema.org/draft-04/schema#");
        Schema["allOf"]![1]!["$ref"]!.ToString().ShouldBe("#/definitions/NukeBuild");
        Names(Schema["allOf"]![0]!["properties"]!)
            .ShouldBe("Cone Count DiskSize Flavour Flavours Owner Pin Price Recipe Shop Toppings Within");
        Names(Schema["definitions"]!["NukeBuild"]!["properties"]!)
            .ShouldBe("Continue Help Host NoLogo Plan Profile Root Skip Target Verbosity");
        Names(Schema["definitions"]!).ShouldBe("Host ExecutableTarget Flavour Verbosity NukeBuild");
    }

    [Theory]
    [InlineData("Cone", """{"type":"boolean"}""")]
    [InlineData("Owner", """{"type":"string"}""")]
    [InlineData("DiskSize", """{"type":"string","description":"How big"}""")]
    [InlineData("Count", """{"type":"integer","format":"int32","description":"How many"}""")]
    [InlineData("Price", """{"type":["null","number"]}""")]
    [InlineData("Flavour", """{"$ref":"#/definitions/Flavour"}""")]
    [InlineData("Flavours", """{"type":"array","items":{"$ref":"#/definitions/Flavour"}}""")]
    [InlineData("Toppings", """{"type":"array","items":{"type":"string"}}""")]
    [InlineData("Recipe", """{"type":"string","default":"Secrets must be set in the environment"}""")]
    public void A_parameter_has_the_type_of_its_member(string name, string json) =>
        Schema["allOf"]![0]!["properties"]![name]!.ToJsonString().ShouldBe(json);

    [Fact]
    public void Choices_are_listed() =>
        Schema["definitions"]!["Flavour"]!["enum"]!.ToJsonString().ShouldBe("""["Vanilla","DarkChocolate"]""");

    private static string Names(JsonNode node) => string.Join(' ', node.AsObject().Select(pair => pair.Key));
}
