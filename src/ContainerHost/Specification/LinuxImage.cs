namespace ContainerHost.Specification;

/// <summary>An entry of a user's catalogue: a guest's disk image with cloud-init, as a path or URL, its SHA-256 (null where it is not known), or the list of digests that is published with it (null for none).</summary>
internal sealed record LinuxImage(string Guest, string Title, string Image, string? Sha256, string? DigestList)
{
    /// <summary>Where it comes from, when a list that is published with it tells its digest; null when that is known already.</summary>
    public GuestSource.Vendor? Published =>
        DigestList is null
            ? null
            : new GuestSource.Vendor(
                new Uri(new Uri(Image), "."),
                Uri.UnescapeDataString(new Uri(Image).Segments[^1]),
                DigestList
            );
}
