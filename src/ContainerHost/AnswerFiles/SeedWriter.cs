using ContainerHost.AnswerFiles.CloudInit;
using ContainerHost.AnswerFiles.Iso;
using ContainerHost.Files;
using ContainerHost.Specification;

namespace ContainerHost.AnswerFiles;

/// <summary>Writes the answer medium of a Debian guest into its host's folder.</summary>
internal static class SeedWriter
{
    // A fixed time makes the same answers the same bytes.
    private static readonly DateTimeOffset Stamp = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Writes the medium, readable by its owner only, since the guest's private host key is on it; <paramref name="packages"/> are
    /// installed by the guest itself at its first boot.
    /// </summary>
    public static async Task<SeedMedia> WriteAsync(
        GuestIdentity identity,
        HostFolder folder,
        UserAnswers answers,
        CancellationToken cancellationToken,
        IReadOnlyList<string>? packages = null
    )
    {
        var image = IsoImage.Write(NoCloud.Label, NoCloud.Files(identity, answers, packages ?? []), Stamp);
        await AtomicFile.WriteAsync(folder.Seed, image, cancellationToken, secret: true);
        return new SeedMedia(folder.Seed, Fingerprint.OfBytes(image));
    }
}
