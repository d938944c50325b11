using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace ContainerHost.Networks;

/// <summary>How others are reached from this machine: through its proxy, trusting its authorities and those that were given.</summary>
internal sealed class LocalNetwork(NetworkAccess access)
{
    private readonly Lazy<SslClientAuthenticationOptions> _trust = new(() => TrustedAuthorities.Options(access.CaFile));

    public bool Offline => access.Offline;

    public EnvironmentProxy Proxy { get; init; } = EnvironmentProxy.OfThisMachine;

    /// <summary>Where it may lead; anywhere unless a guest says where to.</summary>
    public AddressGuard? Guard { get; init; }

    /// <summary>The same way out for whoever a guest sends.</summary>
    public LocalNetwork GuardedBy(AddressGuard guard) => new(access) { Proxy = Proxy, Guard = guard };

    /// <summary>A handler for one HTTP client, with this machine's proxy and trust.</summary>
    public SocketsHttpHandler NewHandler()
    {
        var handler = new SocketsHttpHandler { Proxy = Proxy, SslOptions = _trust.Value };
        if (Guard is not null)
            handler.ConnectCallback = (context, token) =>
            {
                // A proxy is this machine's own affair, also where .NET asks it for a tunnel; redirects come here too.
                var asked = context.InitialRequestMessage;
                var isDirect =
                    asked.Method != HttpMethod.Connect && asked.RequestUri?.IdnHost == context.DnsEndPoint.Host;
                return new(OpenAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, isDirect, token));
            };
        return handler;
    }

    /// <summary>A connection to a place, through the proxy for secure connections where there is one (RFC 9110, CONNECT).</summary>
    /// <exception cref="IOException">The proxy does not connect; the message has its answer.</exception>
    public async Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var target = $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}";
        if (Proxy.GetProxy(new Uri($"https://{target}/")) is not { } proxy)
            return await OpenAsync(host, port, isDirect: true, cancellationToken);
        if (proxy.Scheme is not ("http" or "https"))
            throw new IOException($"the proxy {proxy.Host}:{proxy.Port} is no HTTP proxy; name one in HTTPS_PROXY");
        var way = await OpenAsync(proxy.IdnHost, proxy.Port, isDirect: false, cancellationToken);
        try
        {
            return await AskAsync(way, proxy, target, cancellationToken);
        }
        catch
        {
            await way.DisposeAsync();
            throw;
        }
    }

    private async Task<Stream> AskAsync(Stream way, Uri proxy, string target, CancellationToken cancellationToken)
    {
        if (proxy.Scheme == Uri.UriSchemeHttps)
        {
            var secure = new SslStream(way);
            await secure.AuthenticateAsClientAsync(Trust(proxy.IdnHost), cancellationToken);
            way = secure;
        }
        var authorization = Proxy.AuthorizationFor(proxy) is { } words ? $"Proxy-Authorization: {words}\r\n" : "";
        var ask = $"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{authorization}\r\n";
        await way.WriteAsync(Encoding.ASCII.GetBytes(ask), cancellationToken);
        var answer = await HttpHead.ReadAsync(way, cancellationToken);
        return answer.FirstLine.Split(' ') is [_, "200", ..]
            ? way
            : throw new IOException($"the proxy {proxy.Host}:{proxy.Port} answered {answer.FirstLine}");
    }

    private SslClientAuthenticationOptions Trust(string host) =>
        new()
        {
            TargetHost = host,
            RemoteCertificateValidationCallback = _trust.Value.RemoteCertificateValidationCallback,
        };

    private async Task<Stream> OpenAsync(string host, int port, bool isDirect, CancellationToken cancellationToken)
    {
        var addresses = await AddressGuard.AddressesOfAsync(host, cancellationToken);
        if (
            isDirect
            && Guard is { } guard
            && addresses.FirstOrDefault(one => !guard.Allows(host, port, one)) is { } near
        )
            throw new IOException($"{host} is {near}, where guests may not send this machine");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
