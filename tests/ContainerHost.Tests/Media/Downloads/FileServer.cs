using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace ContainerHost.Tests.Media.Downloads;

/// <summary>A real HTTP server on 127.0.0.1; each request has its answer in turn, the last one for good.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<RequestDelegate> _answers;
    private readonly Lock _lock = new();
    private int _count;

    private FileServer(WebApplication app, IEnumerable<RequestDelegate> answers)
    {
        _app = app;
        _answers = [.. answers];
        app.Run(AnswerAsync);
    }

    /// <summary>The Range header of each request, null where there was none.</summary>
    public List<string?> Ranges { get; } = [];

    public List<string?> Authorizations { get; } = [];

    public Uri Folder => new(_app.Urls.Single() + "/");

    public Uri File => new(Folder, "disk.bin");

    public static Task<FileServer> StartAsync(params IEnumerable<RequestDelegate> answers) => StartAsync(null, answers);

    /// <summary>A server with a certificate, which nobody has signed but itself.</summary>
    public static async Task<FileServer> StartAsync(X509Certificate2? certificate, IEnumerable<RequestDelegate> answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                {
                    if (certificate is not null)
                        listen.UseHttps(certificate);
                }
            )
        );
        var server = new FileServer(builder.Build(), answers);
        await server._app.StartAsync(Token);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Serves a file as a good server does: ranges, If-Range and validators.</summary>
    public static RequestDelegate Good(byte[] content, string tag = "\"one\"") =>
        context =>
            Results
                .Bytes(content, enableRangeProcessing: true, entityTag: new EntityTagHeaderValue(tag))
                .ExecuteAsync(context);

    /// <summary>Announces the whole file, sends so many bytes and closes the connection.</summary>
    public static RequestDelegate Broken(byte[] content, int sent, string? tag = "\"one\"") =>
        async context =>
        {
            context.Response.ContentLength = content.Length;
            context.Response.Headers.ETag = tag;
            await context.Response.Body.WriteAsync(content.AsMemory(0, sent));
        };

    /// <summary>Sends so many bytes and then nothing more until the client gives up.</summary>
    public static RequestDelegate Stalled(byte[] content, int sent) =>
        async context =>
        {
            context.Response.ContentLength = content.Length;
            context.Response.Headers.ETag = "\"one\"";
            await context.Response.Body.WriteAsync(content.AsMemory(0, sent));
            await context.Response.Body.FlushAsync();
            var gone = new TaskCompletionSource();
            await using var _ = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        };

    public static RequestDelegate Status(int code) =>
        context =>
        {
            context.Response.StatusCode = code;
            return Task.CompletedTask;
        };

    /// <summary>Whatever is asked for, the whole file comes.</summary>
    public static RequestDelegate WithoutRanges(byte[] content) =>
        context => Results.Bytes(content, entityTag: new EntityTagHeaderValue("\"one\"")).ExecuteAsync(context);

    private Task AnswerAsync(HttpContext context)
    {
        RequestDelegate answer;
        lock (_lock)
        {
            Ranges.Add(context.Request.Headers.Range.FirstOrDefault());
            Authorizations.Add(context.Request.Headers.Authorization.FirstOrDefault());
            answer = _answers[Math.Min(_count++, _answers.Count - 1)];
        }
        return answer(context);
    }
}
