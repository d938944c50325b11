using System.Net;
using ContainerHost.Errors;
using ContainerHost.Media.Releases;
using ContainerHost.Networks;
using NetworkAccess = ContainerHost.Networks.NetworkAccess;

namespace ContainerHost.Tests.Media.Releases;

/// <summary>A token goes to the server that it is for, and by TLS.</summary>
public sealed class OneOriginTests : FolderTest
{
    private readonly List<Uri> _asked = [];

    [Theory]
    [InlineData("https://other.example/page=2", true)]
    [InlineData("http://api.example/page=2", true)]
    [InlineData("https://api.example:8443/page=2", true)]
    [InlineData("https://api.example/page=2", false)]
    public async Task A_page_of_another_server_is_not_asked_with_the_token(string page, bool isRefused)
    {
        using var http = new HttpClient(new OneOrigin(new Uri("https://api.example/"), new Recorder(_asked)));
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "token s3cret");

        if (isRefused)
            await Should.ThrowAsync<ContainerHostException>(http.GetAsync(new Uri(page), Token));
        else
            await http.GetAsync(new Uri(page), Token);

        _asked.Count.ShouldBe(isRefused ? 0 : 1);
    }

    [Fact]
    public void A_token_is_not_sent_in_the_clear()
    {
        var access = new NetworkAccess { GitHubAddress = new Uri("http://git.example/"), GitHubToken = "s3cret" };

        var refused = Should.Throw<InvalidInputException>(() =>
            GitHubReleases.Create(access, new LocalNetwork(access), Folder, TimeProvider.System)
        );

        refused.Message.ShouldContain("--github-address 'http://git.example/'");
    }

    private sealed class Recorder(List<Uri> asked) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            asked.Add(request.RequestUri!);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}
