using System.Net;
using System.Text.RegularExpressions;
using ContainerHost.Errors;
using ContainerHost.Media;
using ContainerHost.Media.Releases;
using ContainerHost.Networks;
using ContainerHost.Waiting;

namespace ContainerHost.Runtimes.Relay;

/// <summary>
/// Files of apt's archives, fetched by this machine: indexes that are named by their digest (Acquire-By-Hash) from the cache, the signed lists
/// of these kept for runs offline, the rest as it comes.
/// </summary>
internal sealed partial class ArchiveFiles : IDisposable
{
    private static readonly string[] Lists = ["InRelease", "Release", "Release.gpg"];

    private readonly IArtifactCache _artifacts;
    private readonly HttpClient _kept;
    private readonly HttpClient _direct;
    private readonly bool _offline;

    public ArchiveFiles(LocalNetwork network, IArtifactCache artifacts, CacheFolder cache)
    {
        _artifacts = artifacts;
        _offline = network.Offline;
        _direct = new HttpClient(network.NewHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        _kept = new HttpClient(new KeepingHandler(_offline, cache.Archives, network.NewHandler()))
        {
            Timeout = TimeLimits.GitHubAnswer,
        };
    }

    /// <summary>The answer to a GET or HEAD; what went wrong is an answer too.</summary>
    public async Task<HttpResponseMessage> AnswerAsync(
        HttpMethod method,
        Uri address,
        string? authorization,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var answer = await FindAsync(method, address, authorization, cancellationToken);
            // That of this machine's own proxy: for the guest the relay is the proxy.
            return answer.StatusCode == HttpStatusCode.ProxyAuthenticationRequired
                ? Refusal(
                    HttpStatusCode.BadGateway,
                    "the proxy of HTTP_PROXY wants user and password: http://USER:PASSWORD@HOST:PORT"
                )
                : answer;
        }
        catch (ContainerHostException refused)
        {
            // Apt asks for an index by its plain name when there is none by digest.
            return Refusal(HttpStatusCode.NotFound, refused.Saw);
        }
        catch (Exception broken) when (!cancellationToken.IsCancellationRequested)
        {
            return Refusal(HttpStatusCode.BadGateway, PublicAddress.In(broken.GetBaseException().Message));
        }
    }

    public void Dispose()
    {
        _direct.Dispose();
        _kept.Dispose();
    }

    /// <summary>An answer without content, with the reason in its first line, which is what apt shows.</summary>
    public static HttpResponseMessage Refusal(HttpStatusCode status, string reason) =>
        new(status) { ReasonPhrase = reason.ReplaceLineEndings(" ") };

    private async Task<HttpResponseMessage> FindAsync(
        HttpMethod method,
        Uri address,
        string? authorization,
        CancellationToken cancellationToken
    )
    {
        if (ByDigest().Match(address.AbsolutePath) is { Success: true } match)
        {
            var path = await _artifacts.FetchAsync(address, match.Groups[1].Value, null, cancellationToken);
            return new HttpResponseMessage { Content = new StreamContent(File.OpenRead(path)) };
        }
        using var message = new HttpRequestMessage(method, address);
        // An archive's own password (apt_auth.conf(5)).
        if (authorization is not null)
            message.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (method == HttpMethod.Get && Lists.Contains(address.Segments[^1]))
            return await _kept.SendAsync(message, cancellationToken);
        if (_offline)
            return Refusal(
                HttpStatusCode.GatewayTimeout,
                $"{PublicAddress.Of(address)} is not kept, and --offline was given"
            );
        return await _direct.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    [GeneratedRegex("/by-hash/SHA256/([0-9a-f]{64})$")]
    private static partial Regex ByDigest();
}
