using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;
using Serilog;

namespace ContainerHost.Media.DebianImage;

/// <summary>What sources offer now, by their signed indexes: those that apt keeps on this machine, else those that it fetches into the cache.</summary>
internal sealed class AptIndexes(CacheFolder cache, IProcessRunner processes, TimeProvider time, ILogger log)
{
    /// <summary>Where apt keeps the indexes of this machine's own sources.</summary>
    public const string OfMachine = "/var/lib/apt/lists";

    /// <summary>True to fetch nothing: what was fetched before counts.</summary>
    public bool Offline { get; init; }

    /// <summary>The digest of all packages offered; an index that is signed anew and offers the same has the same.</summary>
    public async Task<string> DigestAsync(IReadOnlyList<AptSource> sources, CancellationToken cancellationToken)
    {
        var lists = OfMachine;
        if (sources.Any(source => !File.Exists(Path.Combine(lists, source.IndexFile))))
        {
            lists = cache.AptLists;
            if (!Offline)
                await FetchAsync(sources, lists, cancellationToken);
        }
        var offered = sources
            .Select(source => Path.Combine(lists, source.IndexFile))
            .Where(File.Exists)
            .SelectMany(File.ReadLines)
            .Where(line => line.EndsWith("/binary-amd64/Packages", StringComparison.Ordinal));
        return Fingerprint.OfText(string.Join('\n', offered), digits: 64);
    }

    private async Task FetchAsync(IReadOnlyList<AptSource> sources, string lists, CancellationToken cancellationToken)
    {
        using var taken = await ProcessLock.WaitAsync(
            cache.Lock("apt-lists"),
            new Wait(
                "another process has fetched the archive's indexes",
                TimeLimits.OtherDownload,
                "end that process if it hangs."
            ),
            new Poll(time) { Interval = TimeSpan.FromMilliseconds(250) },
            cancellationToken
        );
        Directory.CreateDirectory(Path.Combine(lists, "partial"));
        var list = Path.Combine(lists, "sources.list");
        // The index alone: none of the lists that it names is a target.
        var text = string.Join(
            '\n',
            sources.Select(source => source with { Options = $"{source.Options} target=none" })
        );
        await AtomicFile.WriteTextAsync(list, text + "\n", cancellationToken, secret: true);
        var result = await processes.RunAsync(
            new Command(
                "apt-get",
                [
                    "update",
                    $"-oDir::Etc::SourceList={list}",
                    "-oDir::Etc::SourceParts=-",
                    $"-oDir::State::Lists={lists}",
                    $"-oDir::Cache={lists}",
                    // Where Debian is not this machine's own distribution, apt trusts none of its keys by itself.
                    "-oDir::Etc::TrustedParts=/usr/share/keyrings",
                    "-oAPT::Sandbox::User=root",
                ]
            ),
            cancellationToken
        );
        if (!result.Succeeded)
            log.Verbose("apt-get update: {Said}; earlier indexes count", PublicAddress.In(result.LastLines(12)));
    }
}
