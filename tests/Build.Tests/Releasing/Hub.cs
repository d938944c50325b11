using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Build.Tests.Releasing;

/// <summary>
/// A server on 127.0.0.1 of the shape of a GitHub Enterprise Server, for what Publish asks of it (https://docs.github.com/rest/releases), and of a NuGet
/// server (https://learn.microsoft.com/nuget/api/overview).
/// </summary>
internal sealed class Hub : IAsyncDisposable
{
    public const string Token = "ghp_0123456789abcdefghij";
    public const string Key = "oy2key0123456789abcdefghij";

    private const string Api = "/api/v3/repos/me/it/releases";

    private readonly HttpListener _listener = new();
    private readonly HubWire _wire;
    private readonly Task _serving;

    private Hub(int port)
    {
        _wire = new HubWire(port);
        Address = new Uri($"http://127.0.0.1:{_wire.Port}/");
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _serving = Task.Run(ServeAsync);
    }

    public Uri Address { get; }

    public List<HubRelease> Releases { get; } = [];

    public List<HubFault> Faults { get; } = [];

    /// <summary>What was asked, as "GET /path".</summary>
    public List<string> Asked { get; } = [];

    /// <summary>What changed something in the releases.</summary>
    public IEnumerable<string> Changes => Asked.Where(line => line[..4] is not ("GET " or "PUT "));

    /// <summary>What was pushed, by the content of the packages.</summary>
    public List<string> Packages { get; } = [];

    public static Hub Start()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        return new Hub(port);
    }

    public async ValueTask DisposeAsync()
    {
        _wire.Dispose();
        _listener.Close();
        await _serving;
    }

    public HubRelease Release(string tag, bool draft = true)
    {
        var release = new HubRelease(Releases.Count + 1, tag) { Draft = draft };
        Releases.Add(release);
        return release;
    }

    public HubRelease Find(int id) => Releases.Single(release => release.Id == id);

    /// <summary>Makes the release that the request asks for.</summary>
    public async Task<HubRelease> CreateAsync(HttpListenerRequest request)
    {
        var wanted = JsonNode.Parse(await ReadAsync(request.InputStream))!;
        var release = Release((string)wanted["tag_name"]!, (bool)wanted["draft"]!);
        release.Body = (string)wanted["body"]!;
        release.Commit = (string)wanted["target_commitish"]!;
        return release;
    }

    /// <summary>Ends the connection without an answer.</summary>
    public Task CutAsync(HttpListenerContext context)
    {
        _wire.Cut(context.Request);
        context.Response.Abort();
        return Task.CompletedTask;
    }

    public static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    public static async Task AnswerAsync(HttpListenerContext context, int status, string json = "")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(json));
        context.Response.Close();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await ServeAsync(await _listener.GetContextAsync());
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                // The client is gone, or the test is over.
            }
        }
    }

    private Task ServeAsync(HttpListenerContext context)
    {
        var request = context.Request;
        var path = request.Url!.AbsolutePath;
        Asked.Add($"{request.HttpMethod} {path}");
        if (Faults.Find(fault => fault.Fits(request)) is { } fault)
        {
            Faults.Remove(fault);
            if (fault.Times > 1)
                Faults.Add(fault with { Times = fault.Times - 1 });
            return fault.Answer(context);
        }
        if (!path.StartsWith("/api/", StringComparison.Ordinal))
            return request.HttpMethod == "PUT" ? PushAsync(context, path.Split('/')[2]) : IndexAsync(context);
        return request.Headers["Authorization"] is "Token " + Token or "Bearer " + Token
            ? ServeReleasesAsync(context, path)
            : HubFault.Message(401, "Bad credentials")(context);
    }

    private async Task ServeReleasesAsync(HttpListenerContext context, string path)
    {
        var words = path.Split('/');
        switch (context.Request.HttpMethod)
        {
            case "GET" when path == Api:
                await AnswerAsync(context, 200, Text(Releases.Select(release => release.ToJson(Address))));
                break;
            case "GET" when path.EndsWith("/assets", StringComparison.Ordinal):
                await AnswerAsync(
                    context,
                    200,
                    Text(Find(int.Parse(words[^2])).Assets.Select(asset => asset.ToJson()))
                );
                break;
            case "POST" when path == Api:
                await AnswerAsync(context, 201, (await CreateAsync(context.Request)).ToJson(Address).ToJsonString());
                break;
            case "POST" when path.StartsWith("/api/uploads/", StringComparison.Ordinal):
                await UploadAsync(context, Find(int.Parse(words[^2])), context.Request.QueryString["name"]!);
                break;
            case "PATCH":
                var wanted = JsonNode.Parse(await ReadAsync(context.Request.InputStream))!;
                var release = Find(int.Parse(words[^1]));
                release.Draft = (bool)wanted["draft"]!;
                release.Body = (string)wanted["body"]!;
                await AnswerAsync(context, 200, release.ToJson(Address).ToJsonString());
                break;
            case "DELETE":
                Releases.ForEach(one => one.Assets.RemoveAll(asset => $"{asset.Id}" == words[^1]));
                await AnswerAsync(context, 204);
                break;
            default:
                await HubFault.Message(404, "Not Found")(context);
                break;
        }
    }

    private static async Task UploadAsync(HttpListenerContext context, HubRelease release, string name)
    {
        var content = await ReadAsync(context.Request.InputStream);
        if (release.Names.Contains(name))
            await HubFault.AlreadyExists("ReleaseAsset", "name")(context);
        else
            await AnswerAsync(context, 201, release.Add(name, content).ToJson().ToJsonString());
    }

    private Task IndexAsync(HttpListenerContext context) =>
        AnswerAsync(
            context,
            200,
            $$"""
            {
              "version": "3.0.0",
              "resources": [
                { "@id": "{{Address}}v3/push/", "@type": "PackagePublish/2.0.0" },
                { "@id": "{{Address}}v3/symbols/", "@type": "SymbolPackagePublish/4.9.0" }
              ]
            }
            """
        );

    // The package is the one part of a form (multipart/form-data).
    private async Task PushAsync(HttpListenerContext context, string kind)
    {
        var form = Encoding.Latin1.GetString(await ReadAsync(context.Request.InputStream));
        var from = form.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        var pushed = $"{kind} {form[from..form.LastIndexOf("\r\n--", StringComparison.Ordinal)]}";
        var isOurs = context.Request.Headers["X-NuGet-ApiKey"] == Key;
        var isNew = isOurs && !Packages.Contains(pushed);
        if (isNew)
            Packages.Add(pushed);
        await AnswerAsync(
            context,
            !isOurs ? 403
                : isNew ? 201
                : 409
        );
    }

    private static string Text(IEnumerable<JsonObject> all) => new JsonArray([.. all]).ToJsonString();
}
