using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;

namespace ContainerHost.EndToEnd;

/// <summary>A port of this machine leads to a running host, is there again after it was off and went back to a checkpoint, and goes as the host runs.</summary>
internal static class PortTests
{
    private const string Serve =
        "mkdir -p /run/www && echo from the guest > /run/www/index.html && systemd-run --unit www python3 -m http.server 8000 --directory /run/www"
        + " && timeout 60 sh -c 'until python3 -c \"import urllib.request as u; u.urlopen(\\\"http://127.0.0.1:8000\\\")\"; do sleep 1; done'";

    public static async Task<int> BeginAsync(Suite suite, string name)
    {
        var port = FreePort();
        (await suite.BuildAsync("Shell", name, "--command", Serve)).ShouldEndWith(ExitCodes.Success);
        using (var taken = new TcpListener(IPAddress.Loopback, port))
        {
            taken.Start();
            (await suite.BuildAsync("Forward", name, "--forward", $"{port}:8000"))
                .ShouldEndWith(ExitCodes.InvalidInput)
                .Text.ShouldContain($"(process {Environment.ProcessId})");
        }
        (await suite.BuildAsync("Forward", name, "--forward", $"{port}:8000")).ShouldEndWith(ExitCodes.Success);
        (await FetchAsync(port)).ShouldBe("from the guest\n");
        (await ForwardsAsync(suite, name)).ShouldBe([$"127.0.0.1:{port}:8000/tcp"]);
        return port;
    }

    public static async Task EndAsync(Suite suite, string name, int port)
    {
        (await suite.BuildAsync("Shell", name, "--command", Serve)).ShouldEndWith(ExitCodes.Success);
        (await FetchAsync(port)).ShouldBe("from the guest\n");
        // A spec that has another port is applied as it runs.
        var other = FreePort();
        (await suite.BuildAsync("Resize", name, "--forward", $"{other}:8000"))
            .ShouldEndWith(ExitCodes.Success)
            .Text.ShouldNotContain("power cycle");
        (await FetchAsync(other)).ShouldBe("from the guest\n");
        await Should.ThrowAsync<HttpRequestException>(FetchAsync(port));

        (await suite.BuildAsync("Unforward", name, "--forward", $"{other}:8000")).ShouldEndWith(ExitCodes.Success);

        await Should.ThrowAsync<HttpRequestException>(FetchAsync(other));
        (await ForwardsAsync(suite, name)).ShouldBeEmpty();
    }

    public static async Task<string> FetchAsync(int port)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var client = new HttpClient(handler);
        return await client.GetStringAsync(
            new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")),
            Token
        );
    }

    private static async Task<IEnumerable<string>> ForwardsAsync(Suite suite, string name)
    {
        var host = await suite.StatusOfAsync(name);
        host["problem"].ShouldBeNull();
        return ((JsonArray)host["forwards"]!).Select(one => one!.GetValue<string>());
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
