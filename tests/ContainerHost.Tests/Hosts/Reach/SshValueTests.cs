using ContainerHost.AnswerFiles.Keys;
using ContainerHost.Errors;
using ContainerHost.Hosts.Reach;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Hosts.Reach;

/// <summary>Paths as OpenSSH's client reads them.</summary>
public sealed class SshValueTests : FolderTest
{
    [Theory]
    [InlineData("a b")]
    [InlineData("100% sure")]
    [InlineData("it's")]
    [InlineData("#1")]
    [InlineData("größer")]
    public async Task A_key_is_found_whatever_its_path_has(string folder)
    {
        var pair = Ed25519KeyPair.Generate("mine");
        var key = Put($"{folder}/key", pair.PrivateKey);
        Put($"{folder}/key.pub", pair.PublicKey);
        var config = Put("config", $"IdentityFile {SshValue.OfPath(key)}\n");

        var read = await new ProcessRunner().RunAsync(
            new Command("ssh", "-v", "-F", config, "-o", "ProxyCommand=echo", "web"),
            Token
        );

        // 3 is Ed25519; -1 is what cannot be read. Other letters than ASCII it shows as their bytes.
        read.StandardError.ShouldContain("/key type 3");
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("it's")]
    [InlineData("#1")]
    [InlineData("größer")]
    public async Task So_is_a_file_to_include(string folder)
    {
        var included = Put($"{folder}/included", "Host web\n  Port 4711\n");
        var config = Put("config", $"Include {SshValue.OfInclude(included)}\n");

        (await RealTool.RunAsync("ssh", "-G", "-F", config, "web")).ShouldContain("\nport 4711\n");
    }

    [Theory]
    [InlineData("/a\"b")]
    [InlineData("/a\\b")]
    [InlineData("/a\nb")]
    [InlineData("/a${HOME}")]
    public void What_cannot_be_written_is_refused(string path)
    {
        Should.Throw<InvalidInputException>(() => SshValue.OfPath(path)).Message.ShouldContain("--hosts-directory");
        Should.Throw<InvalidInputException>(() => SshValue.OfInclude(path));
    }

    [Theory]
    [InlineData("/a*")]
    [InlineData("/a?")]
    [InlineData("/a[b]")]
    [InlineData("/100%")]
    public void So_is_what_would_be_a_pattern_or_a_token(string path) =>
        Should.Throw<InvalidInputException>(() => SshValue.OfInclude(path));
}
