using System.Net;
using System.Text.Json;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Specification;

namespace ContainerHost.Media.Releases;

/// <summary>
/// Keeps answers on disk and asks with their validators (ETag, RFC 9110), which GitHub does not count against its limit while nothing
/// changed; offline it answers from the disk alone.
/// </summary>
internal sealed class KeepingHandler(bool offline, string folder, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // A page of a hundred releases has a few MiB at most.
    private const int Largest = 32 << 20;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var address = request.RequestUri!;
        var kept = await KeptAnswer.ReadAsync(folder, address, cancellationToken);
        if (offline)
            return kept?.ToResponse(request) ?? throw NotKept(address);
        if (kept?.Etag is { } etag)
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        var response = await base.SendAsync(request, cancellationToken);
        await BufferAsync(response, address, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotModified && kept is not null)
        {
            response.Dispose();
            return kept.ToResponse(request);
        }
        if (response.StatusCode != HttpStatusCode.OK)
            return response;
        var answer = await KeptAnswer.OfAsync(address, response, cancellationToken);
        await answer.WriteAsync(folder, cancellationToken);
        // Octokit reads the limits from the headers, so the answer itself goes on; its text was buffered.
        return response;
    }

    private static async Task BufferAsync(
        HttpResponseMessage response,
        Uri address,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(Largest, cancellationToken);
        }
        catch (HttpRequestException tooLong)
            when (tooLong.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            response.Dispose();
            throw new ContainerHostException(
                $"read {PublicAddress.Of(address)}",
                $"the answer is longer than {Largest >> 20} MiB",
                "see what answers there: a proxy, or another server than --github-address means.",
                inner: tooLong
            );
        }
    }

    private ContainerHostException NotKept(Uri address) =>
        new(
            $"read {PublicAddress.Of(address)} offline",
            $"no answer to it is kept in {folder}",
            "run once without --offline where it can be reached, with the same cache."
        );
}

/// <summary>An answer as it is kept on disk: its validator, the link to the next page (GitHub), and the text.</summary>
internal sealed record KeptAnswer(string Address, string? Etag, string? Link, string? ContentType, string Body)
{
    /// <summary>The answer kept for an address; null when there is none, or it is damaged.</summary>
    public static async Task<KeptAnswer?> ReadAsync(string folder, Uri address, CancellationToken cancellationToken)
    {
        var path = PathOf(folder, address);
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize<KeptAnswer>(
                    await File.ReadAllTextAsync(path, cancellationToken),
                    SpecificationJson.Options
                )
                : null;
        }
        catch (JsonException)
        {
            return null; // Asking again mends it.
        }
    }

    public static async Task<KeptAnswer> OfAsync(
        Uri address,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    ) =>
        new(
            address.ToString(),
            response.Headers.ETag?.ToString(),
            response.Headers.TryGetValues("Link", out var links) ? string.Join(", ", links) : null,
            response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsStringAsync(cancellationToken)
        );

    public Task WriteAsync(string folder, CancellationToken cancellationToken) =>
        AtomicFile.WriteTextAsync(
            PathOf(folder, new Uri(Address)),
            JsonSerializer.Serialize(this, SpecificationJson.Options),
            cancellationToken,
            // What a private repository answered is for who may ask it.
            secret: true
        );

    public HttpResponseMessage ToResponse(HttpRequestMessage request)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new StringContent(Body),
        };
        response.Content.Headers.Remove("Content-Type");
        response.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        if (Link is not null)
            response.Headers.TryAddWithoutValidation("Link", Link);
        return response;
    }

    private static string PathOf(string folder, Uri address) =>
        Path.Combine(folder, Fingerprint.OfText(address.ToString(), digits: 32) + ".json");
}
