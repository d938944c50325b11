namespace Build.Tests.Processes;

public sealed class InputTests : SampleTest
{
    [Theory]
    [InlineData("Tset", "Target with name 'Tset' does not exist. Available targets are: ")]
    [InlineData("Show --skip Prepaer", "Target with name 'Prepaer' does not exist.")]
    [InlineData("Show --host Nowhere", "There is no host 'Nowhere'")]
    [InlineData("Show --colour redd", "'redd' of --colour is no choice.")]
    public async Task What_the_engine_cannot_do_ends_it_as_it_ends_NUKE(string line, string told)
    {
        var run = await Run(line);

        run.ExitCode.ShouldBe(255);
        (run.Error + run.Output).ShouldContain(told);
    }

    [Fact]
    public async Task A_parameter_that_nobody_declares_is_ignored_as_NUKE_ignores_it() =>
        (await Run("Show --colur red --size Small")).Output.ShouldContain("Colour Blue, size Small");

    [Fact]
    public async Task The_environment_sets_parameters()
    {
        Variables["NUKE_COLOUR"] = "red";
        Variables["NUKE_SIZE"] = "Large";
        Variables["NUKE_TARGET"] = "Show";

        (await Run("")).Output.ShouldContain("Colour Red, size Large");
    }

    [Fact]
    public async Task Files_set_parameters_and_a_profile_goes_before_the_defaults()
    {
        Write("parameters.json", """{ "Colour": "Red", "Size": "Large" }""");
        Write("parameters.ci.json", """{ "Colour": "DarkGreen" }""");

        (await Run("Show")).Output.ShouldContain("Colour Red, size Large");
        (await Run("Show --profile ci")).Output.ShouldContain("Colour DarkGreen, size Large");
    }

    [Fact]
    public async Task A_missing_profile_is_wrong_input()
    {
        var run = await Run("Show --profile night");

        run.ExitCode.ShouldBe(255);
        run.Error.ShouldContain("There is no profile 'night'");
    }

    [Fact]
    public async Task The_root_is_found_upwards_or_named()
    {
        var sub = Root / "a" / "b";
        Directory.CreateDirectory(sub);

        (await Run("Show", sub)).Output.ShouldContain($"Root {Root},");
        (await Run("Show --root .", sub)).Output.ShouldContain($"Root {sub},");
        (await Run("Show --root nowhere", sub)).ExitCode.ShouldBe(255);
    }

    [Fact]
    public async Task A_build_server_is_known_by_its_variable()
    {
        (await Run("Show")).Output.ShouldContain("host Terminal");
        Variables["GITHUB_ACTIONS"] = "true";
        (await Run("Show")).Output.ShouldContain("host GitHubActions");
        (await Run("Show --host azurepipelines")).Output.ShouldContain("host AzurePipelines");
    }
}
