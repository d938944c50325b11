using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using ContainerHost.Networks;
using ContainerHost.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using NetworkAccess = ContainerHost.Networks.NetworkAccess;

namespace ContainerHost.Tests.Runtimes.Relay;

/// <summary>An archive of one package behind a real proxy that demands a password; its own name leads nowhere.</summary>
internal sealed class ProxiedArchive : IAsyncDisposable
{
    public const string Host = "archive.invalid";

    private const string User = "us%40er:pass";

    private readonly WebApplication _app;

    private ProxiedArchive(WebApplication app) => _app = app;

    /// <summary>The paths that were asked for with the right password.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>The line of sources.list.</summary>
    public static string Source => $"deb [trusted=yes] http://{Host}/debian ./\n";

    public LocalNetwork Network(bool offline = false)
    {
        var address = new Uri(_app.Urls.Single());
        var proxy = new WebProxy(address) { Credentials = new NetworkCredential("us@er", "pass") };
        return new LocalNetwork(new NetworkAccess { Offline = offline })
        {
            Proxy = new EnvironmentProxy(proxy, _ => null),
        };
    }

    public static async Task<ProxiedArchive> StartAsync(string folder)
    {
        await MakeAsync(folder);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var archive = new ProxiedArchive(builder.Build());
        archive._app.Use(
            (context, next) =>
            {
                var given = context.Request.Headers["Proxy-Authorization"].ToString();
                if (given != BasicCredentials.Of(Uri.UnescapeDataString(User)))
                {
                    context.Response.StatusCode = (int)HttpStatusCode.ProxyAuthenticationRequired;
                    context.Response.Headers["Proxy-Authenticate"] = "Basic realm=\"test\"";
                    return Task.CompletedTask;
                }
                archive.Asked.Enqueue($"{context.Request.Host}{context.Request.Path}");
                return next(context);
            }
        );
        archive._app.UseStaticFiles(
            new StaticFileOptions
            {
                FileProvider = new PhysicalFileProvider(folder),
                RequestPath = "/debian",
                ServeUnknownFileTypes = true,
            }
        );
        await archive._app.StartAsync(Token);
        return archive;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // The index is there by its digest alone, as a client sees it whose archive has just changed.
    private static async Task MakeAsync(string folder)
    {
        var package = Path.Combine(folder, "tool");
        Directory.CreateDirectory(Path.Combine(package, "DEBIAN"));
        const string control = "Package: tool\nVersion: 1.0\nArchitecture: all\nMaintainer: Me <me@example.com>\n";
        await File.WriteAllTextAsync(
            Path.Combine(package, "DEBIAN", "control"),
            control + "Description: a tool\n",
            Token
        );
        var deb = Path.Combine(folder, "tool_1.0_all.deb");
        await RealTool.RunAsync(new Command("dpkg-deb", "--build", package, deb));
        var content = await File.ReadAllBytesAsync(deb, Token);
        var index = Encoding.UTF8.GetBytes(
            $"{control}Filename: ./tool_1.0_all.deb\nSize: {content.Length}\nSHA256: {Digest(content)}\nDescription: a tool\n\n"
        );
        Directory.CreateDirectory(Path.Combine(folder, "by-hash", "SHA256"));
        await File.WriteAllBytesAsync(Path.Combine(folder, "by-hash", "SHA256", Digest(index)), index, Token);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "Release"),
            $"Date: {DateTime.UtcNow:R}\nAcquire-By-Hash: yes\nSHA256:\n {Digest(index)} {index.Length} Packages\n",
            Token
        );
    }

    private static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
