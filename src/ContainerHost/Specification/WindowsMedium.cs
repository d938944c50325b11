namespace ContainerHost.Specification;

/// <summary>An entry of the catalogue: a guest's installation medium, by whom it is told what it must be.</summary>
/// <param name="Guest">The guest's id; a new one begins with <c>windows-server-</c>.</param>
/// <param name="Title">The guest in words.</param>
/// <param name="Url">Where the ISO is.</param>
/// <param name="Size">Its size in bytes; null when it is not known.</param>
/// <param name="Sha256">Its SHA-256 in hex.</param>
/// <param name="Terms">Where its licence terms are told.</param>
internal sealed record WindowsMedium(string Guest, string Title, Uri Url, long? Size, string Sha256, Uri Terms)
{
    /// <summary>The file's name, under which one that is there already is looked for.</summary>
    public string FileName => Uri.UnescapeDataString(Url.Segments[^1]);
}
