namespace Build.Tests.Processes;

public sealed class InputTests : SampleTest
{
    [Fact]
    public async Task Wrong_input_is_told_whole_and_nothing_is_touched()
    {
        var run = await Run("Tset --colur red --twice often --host Nowhere --skip Prepaer");

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("error: There is no target 'Tset'. Did you mean 'Test'?");
        run.Error.ShouldContain("error: There is no target 'Prepaer'. Did you mean 'Prepare'?");
        run.Error.ShouldContain("error: There is no parameter '--colur'. Did you mean '--colour'?");
        run.Error.ShouldContain("error: 'often' of --twice is no boolean.");
        run.Error.ShouldContain("error: There is no host 'Nowhere'");
        Directory.Exists(Temporary).ShouldBeFalse();
    }

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

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("There is no profile 'night'");
    }

    [Fact]
    public async Task The_root_is_found_upwards_or_named()
    {
        var sub = Root / "a" / "b";
        Directory.CreateDirectory(sub);

        (await Run("Show", sub)).Output.ShouldContain($"Root {Root},");
        (await Run("Show --root .", sub)).Output.ShouldContain($"Root {sub},");
        (await Run("Show --root nowhere", sub)).ExitCode.ShouldBe(2);
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
