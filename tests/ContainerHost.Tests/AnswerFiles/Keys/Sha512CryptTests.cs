using ContainerHost.AnswerFiles.Keys;
using ContainerHost.Processes;

namespace ContainerHost.Tests.AnswerFiles.Keys;

public sealed class Sha512CryptTests
{
    // The one vector of the specification with the default number of rounds.
    [Theory]
    [InlineData(
        "Hello world!",
        "saltstring",
        "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1"
    )]
    public void The_published_vector_comes_out(string password, string salt, string hash) =>
        Sha512Crypt.Hash(password, salt).ShouldBe(hash);

    [Theory]
    [InlineData("a")]
    [InlineData("correct horse battery staple")]
    [InlineData("Pässwörter mit Ümläuten, 密码, пароль")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    [InlineData("longer than the sixty-four bytes of one SHA-512 digest, so that it is stretched twice or more")]
    public async Task Openssl_hashes_alike(string password)
    {
        var command = new Command("openssl", "passwd", "-6", "-salt", "a.salt/16chars00", "-stdin")
        {
            StandardInput = password + "\n",
        };

        Sha512Crypt.Hash(password, "a.salt/16chars00").ShouldBe((await RealTool.RunAsync(command)).Trim());
    }

    [Fact]
    public void Every_hash_has_a_salt_of_its_own() => Sha512Crypt.Hash("same").ShouldNotBe(Sha512Crypt.Hash("same"));

    [Fact]
    public void A_longer_salt_counts_up_to_its_sixteenth_character() =>
        Sha512Crypt.Hash("x", "0123456789abcdefXYZ").ShouldBe(Sha512Crypt.Hash("x", "0123456789abcdef"));
}
