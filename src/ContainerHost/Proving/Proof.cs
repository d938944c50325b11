using ContainerHost.Proving.Archives;

namespace ContainerHost.Proving;

/// <summary>Images that are ready to be proved on a host: what was typed is valid, and the archives are what they say.</summary>
public sealed class Proof
{
    internal Proof(ProofPlan plan, IReadOnlyList<ReadImage> images, string reportsDirectory)
    {
        Plan = plan;
        Images = images;
        ReportsDirectory = reportsDirectory;
    }

    internal ProofPlan Plan { get; }
    internal IReadOnlyList<ReadImage> Images { get; }
    internal string ReportsDirectory { get; }

    /// <summary>The number of images.</summary>
    public int Count => Images.Count;
}

/// <summary>An image as it was given, and what was read of its archive; null for a reference, which the guest pulls.</summary>
internal sealed record ReadImage(ImageSource Source, ArchivedImage? Archived)
{
    /// <summary>The name to call it by in reports.</summary>
    public string Name => Archived?.Reference ?? Source.Shown;
}
