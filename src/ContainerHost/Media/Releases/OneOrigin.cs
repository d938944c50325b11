using ContainerHost.Errors;

namespace ContainerHost.Media.Releases;

/// <summary>Keeps a token with the server that it is for: pages of a list name the next one's address, and it may be anybody's.</summary>
internal sealed class OneOrigin(Uri server, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var address = request.RequestUri!;
        if (
            request.Headers.Contains("Authorization")
            && Uri.Compare(
                address,
                server,
                UriComponents.SchemeAndServer,
                UriFormat.Unescaped,
                StringComparison.OrdinalIgnoreCase
            ) != 0
        )
            throw new ContainerHostException(
                $"read {PublicAddress.Of(address)}",
                $"{server.Host} names it as its own, and the token would go there",
                "see what --github-address is; of answers that were kept, remove the folder releases in the cache."
            );
        return base.SendAsync(request, cancellationToken);
    }
}
