using System.Net;
using ContainerHost.Errors;

namespace ContainerHost.Media.Releases;

/// <summary>
/// Keeps answers on disk and asks with their validators (ETag, RFC 9110), which GitHub does not count against its limit while nothing
/// changed; offline it answers from the disk alone.
/// </summary>
internal sealed class KeepingHandler(ReleaseOptions options, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var address = request.RequestUri!;
        var kept = await KeptAnswer.ReadAsync(options.CacheDirectory, address, cancellationToken);
        if (options.Offline)
            return kept?.ToResponse(request) ?? throw NotKept(address);
        if (kept?.Etag is { } etag)
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotModified && kept is not null)
        {
            response.Dispose();
            return kept.ToResponse(request);
        }
        if (response.StatusCode != HttpStatusCode.OK)
            return response;
        var answer = await KeptAnswer.OfAsync(address, response, cancellationToken);
        await answer.WriteAsync(options.CacheDirectory, cancellationToken);
        // Octokit reads the limits from the headers, so the answer itself goes on; its text was buffered.
        return response;
    }

    private ContainerHostException NotKept(Uri address) =>
        new(
            $"read {PublicAddress.Of(address)} offline",
            $"no answer to it is kept in {options.CacheDirectory}",
            "run once without --offline where GitHub can be reached, with the same cache."
        );
}
