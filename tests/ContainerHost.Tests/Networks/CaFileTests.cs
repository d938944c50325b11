using ContainerHost.Errors;
using ContainerHost.Media.Downloads;
using ContainerHost.Networks;
using ContainerHost.Tests.Media.Downloads;

namespace ContainerHost.Tests.Networks;

/// <summary>A real server with a certificate of an authority that this machine does not know.</summary>
public sealed class CaFileTests : DownloadTest
{
    private readonly TestAuthority _authority = new();

    [Fact]
    public async Task A_server_is_trusted_whose_authority_was_given()
    {
        using var certificate = _authority.Sign("127.0.0.1");
        await using var server = await FileServer.StartAsync(certificate, [FileServer.Good(Content)]);

        await FetchAsync(server.File, Put("ca.pem", _authority.Pem));

        ShouldBeThere();
    }

    [Fact]
    public async Task Without_it_the_error_names_the_certificate_its_issuer_and_the_way_out()
    {
        using var certificate = _authority.Sign("127.0.0.1");
        await using var server = await FileServer.StartAsync(certificate, [FileServer.Good(Content)]);

        var error = await Should.ThrowAsync<ContainerHostException>(FetchAsync(server.File, null));

        error.Saw.ShouldContain("CN=127.0.0.1, issued by CN=Company Root");
        error.Saw.ShouldContain("PartialChain");
        error.Try.ShouldContain("--ca-file");
    }

    [Fact]
    public async Task A_bundle_may_have_others()
    {
        using var certificate = _authority.Sign("127.0.0.1");
        await using var server = await FileServer.StartAsync(certificate, [FileServer.Good(Content)]);

        await FetchAsync(server.File, Put("ca.pem", $"{new TestAuthority("Another Root").Pem}\r\n{_authority.Pem}"));

        ShouldBeThere();
    }

    [Fact]
    public async Task A_certificate_of_another_name_is_refused_though_its_authority_is_trusted()
    {
        using var certificate = _authority.Sign("mirror.example");
        await using var server = await FileServer.StartAsync(certificate, [FileServer.Good(Content)]);

        var error = await Should.ThrowAsync<ContainerHostException>(
            FetchAsync(server.File, Put("ca.pem", _authority.Pem))
        );

        error.Saw.ShouldContain("is for mirror.example");
    }

    [Theory]
    [InlineData("<html>moved</html>", "has no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "cannot be read")]
    public void A_file_that_has_no_certificate_is_told(string content, string words) =>
        Should
            .Throw<InvalidInputException>(() => TrustedAuthorities.Read(Put("ca.pem", content)))
            .Message.ShouldContain(words);

    private async Task FetchAsync(Uri source, string? caFile)
    {
        var network = new LocalNetwork(new NetworkAccess { CaFile = caFile });
        using var http = new HttpClient(network.NewHandler());
        await new Downloader(http, Time, Log, Options).FetchAsync(Request(source), Token);
    }
}
