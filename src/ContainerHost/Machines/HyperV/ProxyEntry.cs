using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ContainerHost.Specification;

namespace ContainerHost.Machines.HyperV;

/// <summary>An entry of Windows' proxy for TCP: a port of this machine, and to which address it leads.</summary>
internal sealed partial record ProxyEntry(PortForward Forward, string Address)
{
    /// <summary>Where the proxy listens.</summary>
    public IPEndPoint End => new(Forward.Address, Forward.Port);

    /// <summary>Reads the table that <c>netsh interface portproxy show v4tov4</c> prints, whatever the language of its titles.</summary>
    public static IReadOnlyList<ProxyEntry> ReadAll(string table) =>
        [
            .. Line()
                .Matches(table)
                .Select(line => new ProxyEntry(
                    new PortForward(
                        line.Groups["address"].Value is "*"
                            ? IPAddress.Any
                            : IPAddress.Parse(line.Groups["address"].Value),
                        int.Parse(line.Groups["port"].ValueSpan, CultureInfo.InvariantCulture),
                        int.Parse(line.Groups["guest"].ValueSpan, CultureInfo.InvariantCulture)
                    ),
                    line.Groups["to"].Value
                )),
        ];

    /// <summary>As a line of that table.</summary>
    public override string ToString() => $"{Forward.Address} {Forward.Port} {Address} {Forward.GuestPort}";

    // "127.0.0.1       8080        172.20.1.5      80".
    [GeneratedRegex(@"^(?<address>[\d.]+|\*)\s+(?<port>\d+)\s+(?<to>\S+)\s+(?<guest>\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
