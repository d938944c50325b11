using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ContainerHost.Tests.Hosts.Reach;

/// <summary>As much of Docker's API on a Unix socket as <c>docker version</c> asks for (https://docs.docker.com/reference/api/engine/version/v1.41/, SystemPing and SystemVersion).</summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    private readonly WebApplication _application;

    private FakeEngine(WebApplication application) => _application = application;

    public static async Task<FakeEngine> StartAsync(string socket)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket));
        var application = builder.Build();
        application.MapFallback(context =>
        {
            context.Response.Headers["Api-Version"] = "1.41";
            return context.Request.Path.Value!.EndsWith("/version", StringComparison.Ordinal)
                ? context.Response.WriteAsJsonAsync(
                    new
                    {
                        Version = "99.1",
                        ApiVersion = "1.41",
                        MinAPIVersion = "1.12",
                        Os = "linux",
                        Arch = "amd64",
                    }
                )
                : context.Response.WriteAsync("OK");
        });
        await application.StartAsync(Token);
        return new FakeEngine(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
