namespace Build.Tests.Processes;

public sealed class InputTests : IDisposable
{
    private readonly SampleRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Wrong_input_is_told_whole_and_nothing_is_touched()
    {
        var run = await _root.Run("Tset --colur red --twice often --host Nowhere --skip Prepaer");

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("error: There is no target 'Tset'. Did you mean 'Test'?");
        run.Error.ShouldContain("error: There is no target 'Prepaer'. Did you mean 'Prepare'?");
        run.Error.ShouldContain("error: There is no parameter '--colur'. Did you mean '--colour'?");
        run.Error.ShouldContain("error: 'often' of --twice is no boolean.");
        run.Error.ShouldContain("error: There is no host 'Nowhere'");
        Directory.Exists(_root.Temporary).ShouldBeFalse();
    }

    [Fact]
    public async Task The_environment_sets_parameters()
    {
        _root.Variables["COLOUR"] = "red";
        _root.Variables["NUKE_SIZE"] = "Large";
        _root.Variables["NUKE_TARGET"] = "Show";

        (await _root.Run("")).Output.ShouldContain("Colour Red, size Large");
    }

    [Fact]
    public async Task Files_set_parameters_and_a_profile_goes_before_the_defaults()
    {
        _root.Write("parameters.json", """{ "Colour": "Red", "Size": "Large" }""");
        _root.Write("parameters.ci.json", """{ "Colour": "DarkGreen" }""");

        (await _root.Run("Show")).Output.ShouldContain("Colour Red, size Large");
        (await _root.Run("Show --profile ci")).Output.ShouldContain("Colour DarkGreen, size Large");
    }

    [Fact]
    public async Task A_missing_profile_is_wrong_input()
    {
        var run = await _root.Run("Show --profile night");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("There is no profile 'night'");
    }

    [Fact]
    public async Task The_root_is_found_upwards_or_named()
    {
        var sub = _root.Directory / "a" / "b";
        Directory.CreateDirectory(sub);

        (await _root.Run("Show", sub)).Output.ShouldContain($"Root {_root.Directory},");
        (await _root.Run("Show --root .", sub)).Output.ShouldContain($"Root {sub},");
        (await _root.Run("Show --root nowhere", sub)).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task A_build_server_is_known_by_its_variable()
    {
        (await _root.Run("Show")).Output.ShouldContain("host Terminal");
        _root.Variables["GITHUB_ACTIONS"] = "true";
        (await _root.Run("Show")).Output.ShouldContain("host GitHubActions");
        (await _root.Run("Show --host azurepipelines")).Output.ShouldContain("host AzurePipelines");
    }
}
