using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ContainerHost.Tests.Media.Releases;

/// <summary>A server on 127.0.0.1 with the shape of GitHub's REST API for releases: pages with Link, ETag and 304, limits, and the files themselves.</summary>
internal sealed class GitHubServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Dictionary<string, List<JsonObject>> _releases = [];
    private readonly Dictionary<string, byte[]> _files = [];
    private int _files_served;

    private GitHubServer(WebApplication app)
    {
        _app = app;
        app.MapGet("/api/v3/repos/{owner}/{name}/releases", ListAsync);
        app.MapGet("/files/{name}", ServeFile);
    }

    public Uri Address => new(_app.Urls.Single() + "/");

    /// <summary>Requests for lists that were answered in full, as GitHub counts them against its limit.</summary>
    public int Counted { get; private set; }

    /// <summary>Requests for lists that were answered with 304.</summary>
    public int NotModified { get; private set; }

    public int FilesServed => _files_served;

    public List<string?> Authorizations { get; } = [];

    /// <summary>What the next requests for lists get instead of the list.</summary>
    public Queue<RequestDelegate> Refusals { get; } = new();

    /// <summary>Releases a page, as the client asked or fewer.</summary>
    public int MostPerPage { get; set; } = 100;

    public static async Task<GitHubServer> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new GitHubServer(builder.Build());
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Publishes a release, the newest first, as GitHub lists them.</summary>
    public void Publish(string repository, string tag, bool prerelease, params IEnumerable<JsonObject> files)
    {
        var release = new JsonObject
        {
            ["id"] = tag.GetHashCode(StringComparison.Ordinal),
            ["tag_name"] = tag,
            ["name"] = $"{repository} {tag}",
            ["draft"] = false,
            ["prerelease"] = prerelease,
            ["published_at"] = "2026-03-01T10:00:00Z",
            ["assets"] = new JsonArray([.. files]),
        };
        if (!_releases.TryGetValue(repository, out var list))
            _releases.Add(repository, list = []);
        list.Insert(0, release);
    }

    /// <summary>Publishes a release of one file, whose digest is told.</summary>
    public void PublishFile(string repository, string tag, string name, byte[] content, bool prerelease = false)
    {
        var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
        Publish(repository, tag, prerelease, File(name, content, digest));
    }

    /// <summary>A file of a release; its content is what the server hands out.</summary>
    public JsonObject File(string name, byte[] content, string? digest = null)
    {
        _files[name] = content;
        return new JsonObject
        {
            ["id"] = 1,
            ["name"] = name,
            ["state"] = "uploaded",
            ["size"] = content.Length,
            ["digest"] = digest,
            ["browser_download_url"] = new Uri(Address, $"files/{name}").ToString(),
        };
    }

    /// <summary>403 with GitHub's headers and message, until that time.</summary>
    public static RequestDelegate RateLimited(DateTimeOffset reset) =>
        async context =>
        {
            context.Response.StatusCode = 403;
            context.Response.Headers["X-RateLimit-Limit"] = "60";
            context.Response.Headers["X-RateLimit-Remaining"] = "0";
            context.Response.Headers["X-RateLimit-Reset"] = reset
                .ToUnixTimeSeconds()
                .ToString(CultureInfo.InvariantCulture);
            await context.Response.WriteAsJsonAsync(
                new
                {
                    message = "API rate limit exceeded for 203.0.113.7.",
                    documentation_url = "https://docs.github.com/",
                }
            );
        };

    public static RequestDelegate Status(int code, string message) =>
        async context =>
        {
            context.Response.StatusCode = code;
            await context.Response.WriteAsJsonAsync(new { message });
        };

    private async Task ListAsync(HttpContext context, string owner, string name)
    {
        Authorizations.Add(context.Request.Headers.Authorization.FirstOrDefault());
        if (Refusals.TryDequeue(out var refusal))
        {
            await refusal(context);
            return;
        }
        if (!_releases.TryGetValue($"{owner}/{name}", out var all))
        {
            await Status(404, "Not Found")(context);
            return;
        }
        var size = Math.Min(Number(context, "per_page", 30), MostPerPage);
        var page = Number(context, "page", 1);
        var body = new JsonArray([
            .. all.Skip((page - 1) * size).Take(size).Select(one => one.DeepClone()),
        ]).ToJsonString();
        var tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            NotModified++;
            context.Response.StatusCode = 304;
            return;
        }
        Counted++;
        if (page * size < all.Count)
            context.Response.Headers.Link =
                $"<{Address}api/v3/repos/{owner}/{name}/releases?per_page={size}&page={page + 1}>; rel=\"next\"";
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(body);
    }

    private IResult ServeFile(string name)
    {
        Interlocked.Increment(ref _files_served);
        return _files.TryGetValue(name, out var content)
            ? Results.Bytes(content, enableRangeProcessing: true)
            : Results.NotFound();
    }

    private static int Number(HttpContext context, string name, int otherwise) =>
        int.TryParse(context.Request.Query[name], CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
