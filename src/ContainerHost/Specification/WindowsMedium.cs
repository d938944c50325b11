namespace ContainerHost.Specification;

/// <summary>An entry of the catalogue: a guest's ISO, its size in bytes (null when it is not known), its SHA-256 in hex, and where its licence terms are told.</summary>
internal sealed record WindowsMedium(string Guest, string Title, Uri Url, long? Size, string Sha256, Uri Terms)
{
    /// <summary>The file's name, under which one that is there already is looked for.</summary>
    public string FileName => Uri.UnescapeDataString(Url.Segments[^1]);
}
