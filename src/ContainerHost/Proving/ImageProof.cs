using ContainerHost.Guests;
using ContainerHost.Media;
using ContainerHost.Proving.Archives;
using ContainerHost.Runtimes;
using ContainerHost.Specification;
using ContainerHost.Verification;
using ContainerHost.Verification.Checks;
using ContainerHost.Waiting;

namespace ContainerHost.Proving;

/// <summary>One image's way through a host: loaded, run under each isolation, and taken away.</summary>
internal sealed class ImageProof(int number, ReadImage image, ProofPlan plan, string temporaryFolder)
{
    private PulledImage? _pulled;
    private bool _isBegun;
    private bool _isLoaded;

    private string Id => $"image-{number}";

    // Archives go in by a name of ours, so that nothing else in the host is replaced.
    private string NameInHost =>
        image.Archived is null ? image.Source.Location : $"localhost/containerhost-prove:{number}";

    /// <summary>What is to be done with it on a host with that isolation, in this order.</summary>
    public IEnumerable<Check> Checks(Isolation isolation)
    {
        var how = image.Archived is null ? "Pull" : "Load";
        yield return new Check($"{Id}-load", $"{how} {image.Name} into the host", LoadAsync);
        foreach (var one in Isolations(isolation))
            yield return new Check(
                CheckIdOf(one),
                $"Run {image.Name} with {WordsOf(one)}",
                (context, token) => RunAsync(context, one, token)
            );
        yield return new Check($"{Id}-remove", $"Remove {image.Name} from the host, with nothing left", RemoveAsync);
    }

    /// <summary>What the report says of it, once its checks have run.</summary>
    public ProvedImage Report(Isolation isolation, IReadOnlyList<CheckResult> results)
    {
        var archived = image.Archived;
        return new ProvedImage
        {
            Image = image.Name,
            Source = image.Source.Shown,
            FileSha256 = archived?.FileSha256,
            ImageId = archived?.ImageId ?? _pulled?.ImageId,
            Digest = archived?.ManifestDigest ?? _pulled?.Digest,
            Platform = archived is null
                ? $"{_pulled?.Os}/{_pulled?.Architecture}"
                : $"{archived.Os}/{archived.Architecture}",
            Size = archived?.Size ?? _pulled?.Size ?? 0,
            Layers =
                archived?.Layers.Select(layer => new ProvedLayer(layer.Digest ?? layer.DiffId, layer.Size)).ToList()
                ?? _pulled?.Layers.Select(layer => new ProvedLayer(layer.Digest, layer.Size)).ToList()
                ?? [],
            Command = plan.Command.Count > 0 ? plan.Command : archived?.Command ?? _pulled?.Command ?? [],
            Verdicts =
            [
                .. from one in Isolations(isolation)
                let result = results.Single(result => result.Id == CheckIdOf(one))
                select new ProofVerdict($"{one}", result.Passed, result.Id),
            ],
        };
    }

    /// <summary>Takes the image away after a run that was cut off; what is not there is fine.</summary>
    public Task TakeAwayAsync(CheckContext context, CancellationToken cancellationToken) =>
        _isBegun ? context.Runtime.RemoveImageAsync(NameInHost, cancellationToken) : Task.CompletedTask;

    private static IEnumerable<Isolation> Isolations(Isolation isolation) =>
        isolation == Isolation.Both ? [Isolation.Process, Isolation.HyperV] : [isolation];

    private static string WordsOf(Isolation isolation) =>
        isolation == Isolation.Process ? "process isolation" : "VM isolation";

    private string CheckIdOf(Isolation isolation) =>
        $"{Id}-{(isolation == Isolation.Process ? "process" : "vm")}-isolation";

    private async Task<string> LoadAsync(CheckContext context, CancellationToken cancellationToken)
    {
        _isBegun = true;
        if (image.Archived is { } archived)
        {
            await LoadAsync(context.Runtime, archived, cancellationToken);
            _isLoaded = true;
            return $"{image.Source.Shown}, SHA-256 {archived.FileSha256}\nimage id {archived.ImageId}\nloaded as {NameInHost}";
        }
        _pulled = await context.Runtime.PullImageAsync(NameInHost, cancellationToken);
        _isLoaded = true;
        return $"{NameInHost}\ndigest {_pulled.Digest}\nimage id {_pulled.ImageId}";
    }

    private async Task LoadAsync(IContainerRuntime runtime, ArchivedImage archived, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(temporaryFolder);
        var path = Path.Combine(temporaryFolder, $"image-{Guid.NewGuid():N}.tar");
        try
        {
            await ImageArchive.WriteAsync(archived, NameInHost, path, cancellationToken);
            await runtime.LoadImageAsync(path, cancellationToken);
        }
        catch (BadArchiveException changed)
        {
            throw new CheckFailedException(
                $"The archive has changed since it was read: {changed.Message}.",
                archived.Path
            );
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task<string> RunAsync(CheckContext context, Isolation isolation, CancellationToken cancellationToken)
    {
        var run = new ContainerRun
        {
            Name = $"prove-{number}-{(isolation == Isolation.Process ? "process" : "vm")}",
            Image = NameInHost,
            Isolation = isolation,
            Command = plan.Command,
            EntryPoint = image.Archived?.EntryPoint ?? _pulled?.EntryPoint ?? [],
            Probe = isolation == Isolation.HyperV ? plan.Probe : null,
        };
        Evidence.Require(_isLoaded, $"With {WordsOf(isolation)} it was not run, for it is not in the host.", "");
        var judge = new Judge(plan, $"With {WordsOf(isolation)}");
        if (plan.Probe is { } probe && isolation == Isolation.Process)
            return judge.Answer(await AskAsync(context, run, probe, cancellationToken), console: null);
        var result = await context.Runtime.RunAsync(run, cancellationToken);
        return result.Probe is { } answer
            ? judge.Answer(answer, $"{result.Output}\n{result.Error}\n{result.Console}")
            : judge.End(result);
    }

    private static async Task<ProbeAnswer> AskAsync(
        CheckContext context,
        ContainerRun run,
        HttpProbe probe,
        CancellationToken cancellationToken
    )
    {
        var runtime = context.Runtime;
        return await Afterwards.RunAsync(
            async () =>
            {
                await runtime.RemoveAsync(run.Name, cancellationToken);
                await runtime.CreateAsync(run, cancellationToken);
                await runtime.StartAsync(run.Name, cancellationToken);
                var address = await runtime.GetAddressAsync(run.Name, cancellationToken);
                if (address.Length == 0)
                    return new ProbeAnswer(0, "the container has no address: it ended as soon as it was started");
                var said = await context.Shell.RunScriptAsync(
                    "Runtimes.probe-http.py",
                    $"ask {probe} of the container '{run.Name}'",
                    TimeLimits.GuestCommand,
                    cancellationToken,
                    address,
                    $"{probe.Port}",
                    probe.Path,
                    FormattableString.Invariant($"{probe.Seconds}")
                );
                return GuestScript.ReadAnswer<ProbeAnswer>(said);
            },
            async token =>
            {
                if ((await runtime.ListAsync(token)).Any(one => one.Name == run.Name && one.Running))
                    await runtime.StopAsync(run.Name, token);
                await runtime.RemoveAsync(run.Name, token);
            },
            cancellationToken
        );
    }

    private async Task<string> RemoveAsync(CheckContext context, CancellationToken cancellationToken)
    {
        await context.Runtime.RemoveImageAsync(NameInHost, cancellationToken);
        var left = (await context.Runtime.ListAsync(cancellationToken))
            .Select(one => one.Name)
            .Where(name => name.StartsWith($"prove-{number}-", StringComparison.Ordinal))
            .ToList();
        Evidence.Require(left.Count == 0, "Containers of the image are left.", string.Join('\n', left));
        _isBegun = false;
        return "no container and no image of it is left";
    }
}
