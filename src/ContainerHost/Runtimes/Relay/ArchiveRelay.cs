using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using ContainerHost.Networks;

namespace ContainerHost.Runtimes.Relay;

/// <summary>
/// A proxy on this machine's loopback for one guest: GET, HEAD and CONNECT (RFC 9110) to the places that it was made for, with a password of
/// its own, so that nothing else in the guest or on this machine comes through.
/// </summary>
internal sealed class ArchiveRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly string _user = $"guest:{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";
    private readonly LocalNetwork _network;
    private readonly ArchiveFiles _files;
    private readonly HashSet<(string Host, int Port)> _places;
    private readonly Task _work;

    public ArchiveRelay(LocalNetwork network, ArchiveFiles files, IEnumerable<Uri> places)
    {
        _network = network;
        _files = files;
        _places = [.. places.Select(place => (place.IdnHost, place.Port))];
        _listener.Start();
        _work = WorkAsync();
    }

    /// <summary>The port of 127.0.0.1 that it listens on.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Its address, a secret, as a guest knows it that reaches it by another port of its own loopback.</summary>
    public string AddressAt(int port) => $"http://{_user}@127.0.0.1:{port}/";

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _work;
        _end.Dispose();
    }

    private async Task WorkAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                clients.RemoveAll(one => one.IsCompleted);
                clients.Add(ServeAsync(client));
            }
        }
        catch (Exception) when (_end.IsCancellationRequested)
        {
            await Task.WhenAll(clients);
        }
    }

    // One request a connection: apt takes that from a proxy, and asks anew.
    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                await AnswerAsync(stream, await HttpHead.ReadAsync(stream, _end.Token));
            }
#pragma warning disable CA1031 // Whatever goes wrong with one answer, apt asks again or tells it; the relay must go on.
            catch (Exception)
#pragma warning restore CA1031
            {
                // The guest hung up, the work is done, or the archive ended in the midst of its answer: the connection says so by its end.
            }
        }
    }

    private async Task AnswerAsync(Stream guest, HttpHead head)
    {
        if (head.FirstLine.Split(' ') is not [var method, var target, ['H', 'T', 'T', 'P', '/', '1', ..]])
            await RefuseAsync(guest, HttpStatusCode.BadRequest, "this is no request of HTTP/1.1");
        else if (!IsOurs(head))
            await RefuseAsync(guest, HttpStatusCode.ProxyAuthenticationRequired, "another password is needed");
        else if (!Uri.TryCreate(method == "CONNECT" ? $"https://{target}" : target, UriKind.Absolute, out var address))
            await RefuseAsync(guest, HttpStatusCode.BadRequest, "the target is no address");
        else if (!_places.Contains((address.IdnHost, address.Port)))
            await RefuseAsync(guest, HttpStatusCode.Forbidden, $"{address.Authority} is none of this guest's archives");
        else if (method == "CONNECT")
            await TunnelAsync(guest, address);
        else if (method is "GET" or "HEAD" && address.Scheme == Uri.UriSchemeHttp)
            await SendAsync(
                guest,
                await _files.AnswerAsync(
                    HttpMethod.Parse(method),
                    address,
                    head.Fields.GetValueOrDefault("Authorization"),
                    _end.Token
                ),
                method
            );
        else
            await RefuseAsync(guest, HttpStatusCode.MethodNotAllowed, "GET, HEAD and CONNECT are all there is");
    }

    private bool IsOurs(HttpHead head) =>
        head.Fields.TryGetValue("Proxy-Authorization", out var shown)
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(shown),
            Encoding.UTF8.GetBytes(BasicCredentials.Of(_user))
        );

    private async Task TunnelAsync(Stream guest, Uri address)
    {
        if (_network.Offline)
        {
            await RefuseAsync(
                guest,
                HttpStatusCode.GatewayTimeout,
                $"--offline lets nothing through to {address.Host}"
            );
            return;
        }
        Stream way;
        try
        {
            way = await _network.ConnectAsync(address.IdnHost, address.Port, _end.Token);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            await RefuseAsync(guest, HttpStatusCode.BadGateway, $"{address.Authority}: {broken.Message}");
            return;
        }
        await using (way)
        {
            await guest.WriteAsync("HTTP/1.1 200 Connected\r\n\r\n"u8.ToArray(), _end.Token);
            // The one that ends first ends the other.
            await await Task.WhenAny(guest.CopyToAsync(way, _end.Token), way.CopyToAsync(guest, _end.Token));
        }
    }

    private async Task RefuseAsync(Stream guest, HttpStatusCode status, string reason) =>
        await SendAsync(guest, ArchiveFiles.Refusal(status, reason), "GET");

    private async Task SendAsync(Stream guest, HttpResponseMessage answer, string method)
    {
        using (answer)
        {
            var head = new StringBuilder($"HTTP/1.1 {(int)answer.StatusCode} {answer.ReasonPhrase}\r\n");
            foreach (var name in (string[])["Content-Type", "Last-Modified"])
                if (answer.Content.Headers.TryGetValues(name, out var values))
                    head.Append($"{name}: {string.Join(", ", values)}\r\n");
            if (answer.Content.Headers.ContentLength is { } length)
                head.Append($"Content-Length: {length}\r\n");
            if (answer.StatusCode == HttpStatusCode.ProxyAuthenticationRequired)
                head.Append($"Proxy-Authenticate: {BasicCredentials.Scheme} realm=\"containerhost\"\r\n");
            head.Append("Connection: close\r\n\r\n");
            await guest.WriteAsync(Encoding.Latin1.GetBytes(head.ToString()), _end.Token);
            if (method != "HEAD")
                await answer.Content.CopyToAsync(guest, _end.Token);
        }
    }
}
