using ContainerHost.AnswerFiles.Keys;
using ContainerHost.Files;

namespace ContainerHost.Tests.AnswerFiles.Keys;

public sealed class Ed25519KeyPairTests : FolderTest
{
    [Fact]
    public async Task Ssh_keygen_reads_the_private_key_and_finds_the_same_public_one()
    {
        var pair = Ed25519KeyPair.Generate("containerhost-test");
        var path = In("id_ed25519");
        await AtomicFile.WriteTextAsync(path, pair.PrivateKey, Token, secret: true);

        (await RealTool.RunAsync("ssh-keygen", "-y", "-f", path)).Trim().ShouldBe(pair.PublicKey);
    }

    [Fact]
    public async Task Ssh_keygen_knows_its_kind_and_comment()
    {
        var pair = Ed25519KeyPair.Generate("containerhost-test");
        var path = Put("id_ed25519.pub", pair.PublicKey + "\n");

        var told = await RealTool.RunAsync("ssh-keygen", "-l", "-f", path);

        told.ShouldStartWith("256 SHA256:");
        told.ShouldContain("containerhost-test (ED25519)");
    }

    [Fact]
    public void The_private_key_is_not_what_a_log_would_show()
    {
        var pair = Ed25519KeyPair.Generate("x");

        $"{pair}".ShouldBe(pair.PublicKey);
    }
}
