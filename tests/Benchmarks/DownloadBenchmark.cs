using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using ContainerHost.Media.Downloads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Serilog.Core;

namespace Benchmarks;

/// <summary>The download path against <c>curl</c> and <c>sha256sum</c>, 1 GiB from a server on 127.0.0.1.</summary>
internal sealed class DownloadBenchmark : IBenchmark
{
    public string Id => "download";

    public async IAsyncEnumerable<Row> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("containerhost-bench-").FullName;
        try
        {
            var source = Path.Combine(folder, "source");
            var digest = await MakeAsync(source, cancellationToken);
            await using var server = await ServeAsync(source, cancellationToken);
            var address = new Uri($"{server.Urls.Single()}/file");
            using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            var downloader = new Downloader(http, TimeProvider.System, Logger.None);
            var target = Path.Combine(folder, "target");
            var (ours, yardstick) = await Measure.InTurnAsync(
                3,
                async () =>
                {
                    await downloader.FetchAsync(
                        new DownloadRequest(address, target, Digest.Sha256(digest)),
                        cancellationToken
                    );
                    File.Delete(target);
                },
                async () =>
                {
                    await Tool.RunAsync(cancellationToken, "curl", "-fsS", "-o", target, address.ToString());
                    await Tool.RunAsync(cancellationToken, "sha256sum", target);
                    File.Delete(target);
                }
            );
            yield return Row.Ratio("download of 1 GiB against curl and sha256sum", ours, yardstick, "no slower");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> MakeAsync(string path, CancellationToken cancellationToken)
    {
        var block = RandomNumberGenerator.GetBytes(1 << 20);
        await using (var file = File.Create(path))
        {
            for (var i = 0; i < 1024; i++)
                await file.WriteAsync(block, cancellationToken);
        }
        await using var whole = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(whole, cancellationToken));
    }

    private static async Task<WebApplication> ServeAsync(string path, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        server.Run(context => Results.File(path, enableRangeProcessing: true).ExecuteAsync(context));
        await server.StartAsync(cancellationToken);
        return server;
    }
}
