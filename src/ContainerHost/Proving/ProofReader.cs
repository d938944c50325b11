using ContainerHost.Errors;
using ContainerHost.Media;
using ContainerHost.Proving.Archives;
using ContainerHost.Specification;

namespace ContainerHost.Proving;

/// <summary>Checks all that was typed and reads all archives, before any host is touched.</summary>
internal sealed class ProofReader(IArtifactCache artifacts)
{
    /// <exception cref="InvalidInputException">Anything is wrong; every problem at once.</exception>
    public async Task<Proof> ReadAsync(ProofRequest request, HostSpec spec, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var plan = ProofPlan.Read(request, problems);
        problems.AddRange(plan.Check(spec));
        var images = new List<ReadImage>();
        foreach (var source in plan.Images)
        {
            try
            {
                images.Add(new ReadImage(source, await ReadAsync(source, spec, cancellationToken)));
            }
            catch (InvalidInputException invalid)
            {
                problems.AddRange(invalid.Problems);
            }
            catch (Exception unreadable)
                when (unreadable is BadArchiveException or IOException or UnauthorizedAccessException)
            {
                problems.Add($"--image '{source.Shown}' is refused: {unreadable.Message.TrimEnd('.')}.");
            }
        }
        return problems.Count == 0
            ? new Proof(plan, images, request.ReportsDirectory)
            : throw new InvalidInputException(problems);
    }

    private async Task<ArchivedImage?> ReadAsync(ImageSource source, HostSpec spec, CancellationToken cancellationToken)
    {
        if (source.Kind == ImageKind.Reference)
            return null;
        if (PathOrUrl.IsUrl(source.Location))
        {
            var fetched = await artifacts.FetchAsync(
                new Uri(source.Location),
                source.Sha256!,
                size: null,
                cancellationToken
            );
            return await ImageArchive.ReadAsync(fetched, spec.Guest.Family.ContainerSystem, cancellationToken);
        }
        var image = await ImageArchive.ReadAsync(source.Location, spec.Guest.Family.ContainerSystem, cancellationToken);
        return source.Sha256 is null || source.Sha256 == image.FileSha256
            ? image
            : throw new BadArchiveException($"it has SHA-256 {image.FileSha256} instead of {source.Sha256}");
    }
}
