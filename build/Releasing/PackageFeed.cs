using System.Net;
using ContainerHost.Errors;
using NuGet.Configuration;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;
using Polly;
using Polly.Retry;
using Serilog;

namespace Releasing;

/// <summary>
/// Pushes packages by NuGet's own client in this process: its command takes the key as an argument, which every user of the machine could read. What is
/// there already is left.
/// </summary>
internal sealed class PackageFeed(string source, string? key)
{
    private static readonly ResiliencePipeline Retries = new ResiliencePipelineBuilder()
        .AddRetry(
            new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<Exception>(refused =>
                    StatusOf(refused) is null or >= HttpStatusCode.InternalServerError
                    && refused is not ReleaseException and not OperationCanceledException
                ),
                MaxRetryAttempts = 4,
                Delay = TimeSpan.FromMilliseconds(500),
                BackoffType = DelayBackoffType.Exponential,
            }
        )
        .Build();

    private readonly SourceRepository _repository = Repository.Factory.GetCoreV3(
        // Of addresses without TLS those of this machine come here, and no other.
        new PackageSource(source) { AllowInsecureConnections = true }
    );

    public async Task PushAsync(IReadOnlyList<ReleaseFile> files, CancellationToken cancellationToken)
    {
        // Symbols by themselves: NuGet pushes those beside a package only where the package is new.
        foreach (var file in files.Where(file => file.IsPackage).Concat(files.Where(file => file.IsSymbols)))
        {
            try
            {
                await Retries.ExecuteAsync(async token => await PushAsync(file, token), cancellationToken);
            }
            catch (Exception refused)
                when (refused is not ReleaseException && !cancellationToken.IsCancellationRequested)
            {
                throw Explain(file, refused);
            }
        }
    }

    private async Task PushAsync(ReleaseFile file, CancellationToken cancellationToken)
    {
        var packages =
            await _repository.GetResourceAsync<PackageUpdateResource>(cancellationToken)
            ?? throw new IOException($"{source} tells no address that takes packages");
        var symbols = await _repository.GetResourceAsync<SymbolPackageUpdateResourceV3>(cancellationToken);
        var to = file.IsSymbols ? symbols?.SourceUri : packages.SourceUri;
        if (to is null)
        {
            Log.Information("{Source} takes no symbols: {Name} is in the release on GitHub alone", source, file.Name);
            return;
        }
        if (!to.IsFile)
            SecureAddress.Require(to, $"push {file.Name}");
        var log = new FeedLog();
        await packages
            .Push(
                [file.Path],
                file.IsSymbols ? to.AbsoluteUri : "",
                (int)TimeSpan.FromMinutes(5).TotalSeconds,
                disableBuffering: false,
                _ => key!,
                _ => key!,
                noServiceEndpoint: false,
                skipDuplicate: true,
                file.IsSymbols ? symbols : null,
                allowInsecureConnections: true,
                log
            )
            .WaitAsync(cancellationToken);
        Log.Information(
            log.SaidConflict ? "{Name} was in {Source} already" : "{Name} is in {Source}",
            file.Name,
            source
        );
    }

    private ReleaseException Explain(ReleaseFile file, Exception refused)
    {
        var (advice, code) = StatusOf(refused) switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => (
                "set NUKE_NUGET_API_KEY to a key that has not expired and may push this package. The release on GitHub stays a draft meanwhile.",
                ExitCodes.InvalidInput
            ),
            _ => (
                "see that the source can be reached from here, and run Publish again: it goes on where it was.",
                ExitCodes.HostFailed
            ),
        };
        return new ReleaseException(
            $"push {file.Name} to {source}",
            refused.GetBaseException().Message,
            advice,
            code,
            refused
        );
    }

    private static HttpStatusCode? StatusOf(Exception? refused)
    {
        for (; refused is not null; refused = refused.InnerException)
        {
            if (refused is HttpRequestException { StatusCode: { } status })
                return status;
        }
        return null;
    }
}
