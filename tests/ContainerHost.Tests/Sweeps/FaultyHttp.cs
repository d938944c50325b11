using System.Net;

namespace ContainerHost.Tests.Sweeps;

/// <summary>Servers that have every file, below the real downloader.</summary>
internal sealed class FaultyHttp(Ports ports) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var bytes = DebPackage.BytesOf(request.RequestUri!);
        switch (ports.Enter(Port.Http, request.RequestUri!.Segments[^1]))
        {
            case PortFault.Lost:
                throw new HttpRequestException(Ports.Told(PortFault.Lost));
            case PortFault.Refused:
                return new HttpResponseMessage(HttpStatusCode.Forbidden)
                {
                    ReasonPhrase = Ports.Told(PortFault.Refused),
                };
            case PortFault.Stalls:
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                break;
            case PortFault.Truncated:
                bytes = bytes[..(bytes.Length / 2)];
                break;
        }
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(bytes) };
    }
}
