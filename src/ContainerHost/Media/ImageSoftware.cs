namespace ContainerHost.Media;

/// <summary>
/// Packages that an image is built with, as a guest would install them later: their names as <paramref name="Resolver"/> takes them, and that
/// script, which notes in the image what it found, each with its digest.
/// </summary>
internal sealed record ImageSoftware(IReadOnlyList<string> Packages, string Resolver);
