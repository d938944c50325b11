using System.Text.Json.Nodes;

namespace Build.Tests.Processes;

public sealed class ConsoleTests : SampleTest
{
    [Fact]
    public async Task Help_and_plan_touch_nothing()
    {
        (await Run("--help")).Output.ShouldContain("  Test (default)  Tests. <- Compile, Greet\n");
        (await Run("compile --plan")).Output.ShouldContain("2. Compile  <- Prepare\n");

        Directory.Exists(Temporary).ShouldBeFalse();
    }

    [Fact]
    public async Task Help_comes_however_broken_the_parameters_are()
    {
        Write("parameters.json", "{");

        (await Run("Tset --help")).Output.ShouldContain("The engine is a stand-in");
    }

    [Theory]
    [InlineData("verbose", "whispering debugging warning banner table")]
    [InlineData("normal", "debugging warning banner table")]
    [InlineData("minimal", "warning table")]
    [InlineData("quiet", "")]
    public async Task The_verbosity_says_what_is_shown(string verbosity, string shown)
    {
        var run = await Run($"Show --verbosity {verbosity}");

        var words = new (string Word, string Text)[]
        {
            ("whispering", "[VRB] whispering"),
            ("debugging", "[DBG] debugging"),
            ("warning", "[WRN] warning"),
            ("banner", "── Show (1 of 1)"),
            ("table", "│ Show "),
        };
        string.Join(' ', words.Where(pair => run.Output.Contains(pair.Text)).Select(pair => pair.Word)).ShouldBe(shown);
        Log.ShouldContain("| VRB | Show | whispering");
    }

    [Fact]
    public async Task The_first_line_can_be_left_out()
    {
        (await Run("Prepare")).Output.ShouldStartWith("Stand-in build engine ");
        (await Run("Prepare --no-logo")).Output.ShouldNotContain("engine");
    }

    [Fact]
    public async Task The_schema_of_the_parameters_files_is_printed()
    {
        var run = await Run("--generate-schema");

        var schema = JsonNode.Parse(run.Output)!;
        schema["definitions"]!["ExecutableTarget"]!["enum"]!.AsArray().Count.ShouldBe(6);
        schema["allOf"]![0]!["properties"]!["Size"]!["enum"]!.ToJsonString().ShouldBe("""["Small","Large"]""");
    }
}
