using ContainerHost.Errors;
using ContainerHost.Targets.Input;

namespace Build.Tests.Input;

/// <summary>What our own code refuses under every engine, since NUKE ignores or misreads it.</summary>
public sealed class CallTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("call-").FullName;

    public CallTests() => Directory.CreateDirectory(Path.Combine(_root, ".nuke"));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("Verify")]
    [InlineData("verify STATUS create-vm")]
    [InlineData("Verify+Status --skip CheckPrereqs")]
    [InlineData("Verify --skip")]
    [InlineData("--skip Verify")]
    [InlineData("--target Status Verify --name lab")]
    [InlineData("Status --json")]
    [InlineData("Status --json true")]
    [InlineData("Status -json false")]
    [InlineData("Verify --disk-size 20GiB")]
    [InlineData("Verify --DiskSize 20GiB")]
    [InlineData("Verify --hyper-vhost there")]
    [InlineData("Publish --feed one two three")]
    [InlineData("Publish --command all")]
    [InlineData("Verify --verbosity quiet --no-logo --host Terminal --root")]
    [InlineData("Verify --help --nonsense")]
    [InlineData(":complete ver --na")]
    [InlineData("--generate-configuration GitHubActions_ci --host GitHubActions")]
    [InlineData("Verify --strict --visual-studio-debug")]
    public void What_is_right_is_taken(string line) => Problems(line).ShouldBeEmpty();

    [Theory]
    [InlineData("Destroy --nmae lab2", "There is no parameter '--nmae'. Did you mean '--name'?")]
    [InlineData("Destroy --name=lab2", "'--name=' is not how values are given; write '--name VALUE'.")]
    [InlineData("Destroy --nmae=lab2", "There is no parameter '--nmae'. Did you mean '--name'?")]
    [InlineData("Destroy --name: lab2", "There is no parameter '--name:'. Did you mean '--name'?")]
    [InlineData("CreateVm --disk_size 80GiB", "There is no parameter '--disk_size'. Did you mean '--disk-size'?")]
    [InlineData("Verify --skip check-prereqs", "There is no target 'check-prereqs'. Did you mean 'CheckPrereqs'?")]
    [InlineData(
        "Verify --offline 1",
        "'1' of --offline is neither true nor false. Targets stand before the first parameter."
    )]
    [InlineData("Destroy -n lab2", "There is no parameter '-n'.")]
    [InlineData("Destroy -- lab2", "There is no parameter '--'.")]
    [InlineData("Destroy --name -lab", "--name needs a value.|There is no parameter '-lab'.")]
    [InlineData(
        "Destroy --name lab2 lab3",
        "--name takes one value, not 'lab2 lab3'. Targets stand before the first parameter."
    )]
    [InlineData(
        "--name lab2 Destroy",
        "--name takes one value, not 'lab2 Destroy'. Targets stand before the first parameter."
    )]
    [InlineData(
        "--json Destroy",
        "'Destroy' of --json is neither true nor false. Targets stand before the first parameter."
    )]
    [InlineData(
        "--root . Destroy",
        "--root takes one value, not '. Destroy'. Targets stand before the first parameter."
    )]
    [InlineData(
        "--host Terminal Destroy",
        "--host takes one value, not 'Terminal Destroy'. Targets stand before the first parameter."
    )]
    [InlineData("Verify --recreate --recreate", "--recreate is given 2 times; give it once.")]
    [InlineData("Verify --disk-size 1GiB --DiskSize 2GiB", "--disk-size is given 2 times; give it once.")]
    [InlineData("Verify --memory", "--memory needs a value.")]
    [InlineData("--target", "--target needs a value.")]
    [InlineData("Verify --profile", "--profile needs a value.")]
    [InlineData("Publish --feed", "--feed needs a value.")]
    [InlineData("Verify --skip Verify", "Target 'Verify' is asked for and to be skipped.")]
    [InlineData(
        "Verify --json maybe",
        "'maybe' of --json is neither true nor false. Targets stand before the first parameter."
    )]
    [InlineData("Verify --password a b", "--password takes one value. Targets stand before the first parameter.")]
    [InlineData(
        "--skip",
        "--skip without names skips every target that is not named. Name the one to run, as in 'Verify --skip'."
    )]
    [InlineData(
        "--skip --name lab",
        "--skip without names skips every target that is not named. Name the one to run, as in 'Verify --skip'."
    )]
    [InlineData("Verfiy", "There is no target 'Verfiy'. Did you mean 'Verify'?")]
    [InlineData("Verify --skip CreateVM2", "There is no target 'CreateVM2'. Did you mean 'CreateVm'?")]
    [InlineData("--target Verfiy", "There is no target 'Verfiy'. Did you mean 'Verify'?")]
    [InlineData("Verify+Destory", "There is no target 'Destory'. Did you mean 'Destroy'?")]
    [InlineData("Verify --profile night", "There is no profile 'night': .nuke/parameters.night.json does not exist.")]
    [InlineData(
        "Verify --generate-schemas",
        "There is no parameter '--generate-schemas'. Did you mean '--generate-schema'?"
    )]
    [InlineData(
        "Verfiy --nmae x --memory",
        "There is no parameter '--nmae'. Did you mean '--name'?|--memory needs a value.|There is no target 'Verfiy'. Did you mean 'Verify'?"
    )]
    public void What_is_wrong_is_told_whole(string line, string problems) =>
        Problems(line).ShouldBe(problems.Split('|'));

    [Theory]
    [InlineData(
        """{ "Nmae": "lab" }""",
        "There is no parameter 'Nmae', which stands as 'Nmae' in .nuke/parameters.json. Did you mean 'Name'?"
    )]
    [InlineData(
        """{ "ApiKey": "hunter2" }""",
        "'ApiKey' in .nuke/parameters.json is a secret, which no file may hold; set it as NUKE_API_KEY."
    )]
    [InlineData(
        """{ "Password": "hunter2" }""",
        "'Password' in .nuke/parameters.json is a secret, which no file may hold; set it as NUKE_PASSWORD."
    )]
    [InlineData("""{ "Json": "perhaps" }""", "'perhaps' of 'Json' in .nuke/parameters.json is neither true nor false.")]
    [InlineData(
        """{ "Name": ["a", "b"] }""",
        "'Name' in .nuke/parameters.json takes one value, not 'a b'. Targets stand before the first parameter."
    )]
    [InlineData(
        """{ "Name": {} }""",
        "'Name' in .nuke/parameters.json must be a text, a number, a boolean or a list of them."
    )]
    [InlineData("[]", ".nuke/parameters.json must be a JSON object.")]
    public void A_file_is_checked_too(string json, string problem)
    {
        Put("parameters.json", json);

        Problems("Status").ShouldHaveSingleItem().ShouldBe(problem);
        Problems("--help").ShouldBeEmpty("help comes however broken the files are");
    }

    [Fact]
    public void Encrypted_secrets_of_a_builds_own_are_left_to_NUKE()
    {
        Put("parameters.json", """{ "ApiKey": "v1:abc" }""");

        Problems("Publish").ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_is_no_JSON_or_cannot_be_read_is_named()
    {
        Put("parameters.json", "{");
        Problems("Status").ShouldHaveSingleItem().ShouldStartWith(".nuke/parameters.json is no valid JSON: ");
        Directory.CreateDirectory(Path.Combine(_root, ".nuke", "sub"));
        File.Delete(Path.Combine(_root, ".nuke", "parameters.json"));
        Put(
            "parameters.ci.json",
            """{ "$schema": "./build.schema.json", /* ours */ "Cpus": 2, "Recreate": true, "Memory": null, }"""
        );
        Problems("Status --profile ci").ShouldBeEmpty();
    }

    [Fact]
    public void A_parameter_that_a_build_answers_itself_is_the_builds_own()
    {
        var parameters = BuildParameter.Of(typeof(OtherBuild)).Where(parameter => parameter.Name == "Command");

        parameters.ShouldHaveSingleItem().IsOurs.ShouldBeFalse();
    }

    [Theory]
    [InlineData("DiskSize", "--disk-size")]
    [InlineData("HyperVHost", "--hyper-v-host")]
    [InlineData("OpensshPackageSha256", "--openssh-package-sha256")]
    public void Names_are_told_as_they_are_typed(string name, string dashed) =>
        BuildParameter.Of(typeof(OtherBuild)).Single(parameter => parameter.Name == name).Dashed.ShouldBe(dashed);

    private IReadOnlyList<string> Problems(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            new Call(typeof(OtherBuild), _root, words).Check();
            return [];
        }
        catch (InvalidInputException wrong)
        {
            return wrong.Problems;
        }
    }

    private void Put(string file, string text) => File.WriteAllText(Path.Combine(_root, ".nuke", file), text);
}
