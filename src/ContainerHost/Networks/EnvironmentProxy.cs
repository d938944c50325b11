using System.Net;
using ContainerHost.Errors;

namespace ContainerHost.Networks;

/// <summary>The proxy of the environment (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY), else of the system; NO_PROXY is read as everybody else reads it.</summary>
internal sealed class EnvironmentProxy(IWebProxy inner, Func<string, string?> variable) : IWebProxy
{
    private static readonly string[] Names = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];
    private static readonly string[] Schemes = ["http", "https", "socks4", "socks4a", "socks5"];

    private readonly NoProxyList _direct = new(Of("NO_PROXY", variable).Value);

    public static EnvironmentProxy OfThisMachine { get; } =
        new(HttpClient.DefaultProxy, Environment.GetEnvironmentVariable);

    /// <summary>What NO_PROXY lists.</summary>
    public IReadOnlyList<string> Direct => _direct.Entries;

    public ICredentials? Credentials
    {
        get => inner.Credentials;
        set => throw new NotSupportedException("credentials come with the address");
    }

    public Uri? GetProxy(Uri destination) =>
        !_direct.Has(destination) && inner.GetProxy(destination) is { } proxy && proxy != destination ? proxy : null;

    public bool IsBypassed(Uri host) => GetProxy(host) is null;

    /// <summary>The user and password that a proxy's address has, as the words of a Proxy-Authorization header (RFC 7617); null for none.</summary>
    public string? AuthorizationFor(Uri proxy) =>
        Credentials?.GetCredential(proxy, "Basic") is { } given
            ? BasicCredentials.Of($"{given.UserName}:{given.Password}")
            : null;

    /// <exception cref="InvalidInputException">A variable has what is no address; .NET itself would go without a proxy, and say nothing.</exception>
    public void Require()
    {
        // .NET asks for ALL_PROXY only where one of the others is not set.
        var counted = Names[..2].All(name => !string.IsNullOrEmpty(Of(name, variable).Value)) ? Names[..2] : Names;
        var wrong = counted
            .Select(name => Of(name, variable))
            .Where(one => !string.IsNullOrEmpty(one.Value) && !IsAddress(one.Value))
            // The value may have a password.
            .Select(one =>
                $"{one.Name} is not the address of a proxy. Allowed: http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, with %XX for other characters of the password."
            )
            .ToList();
        if (wrong.Count > 0)
            throw new InvalidInputException(wrong);
    }

    // curl's rule, which .NET follows: the small name counts first.
    private static (string Name, string? Value) Of(string name, Func<string, string?> variable)
    {
        var small = name.ToLowerInvariant();
        return variable(small) is { Length: > 0 } value ? (small, value) : (name, variable(name));
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(
            text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}",
            UriKind.Absolute,
            out var address
        )
        && Schemes.Contains(address.Scheme)
        && address.Host.Length > 0;
}
