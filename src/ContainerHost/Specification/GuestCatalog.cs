namespace ContainerHost.Specification;

/// <summary>The guests that <c>--guest</c> may name.</summary>
internal static class GuestCatalog
{
    public static Guest Debian12 { get; } =
        new("debian-12", "Debian 12, built here from apt", GuestFamily.Debian, new GuestSource.Apt("bookworm"));

    /// <summary>Debian 13, built from the machine's own apt sources, or their mirror's.</summary>
    public static Guest Debian13 { get; } =
        new("debian-13", "Debian 13, built here from apt", GuestFamily.Debian, new GuestSource.Apt("trixie"));

    public static Guest Debian12Cloud { get; } = DebianCloud("12", "bookworm");

    public static Guest Debian13Cloud { get; } = DebianCloud("13", "trixie");

    /// <summary>All guests that need no catalogue of the user's, the default first.</summary>
    public static IReadOnlyList<Guest> All => With(MediaCatalog.Own);

    public static IReadOnlyList<Guest> With(MediaCatalog catalog) =>
        [
            Debian13,
            Debian12,
            Debian13Cloud,
            Debian12Cloud,
            .. catalog.Media.Select(medium => Windows(medium.Guest, medium.Title)),
        ];

    /// <summary>The guest with that id (case ignored), or null; an id of a user's catalogue is a Windows guest by its beginning.</summary>
    public static Guest? Find(string id) =>
        All.FirstOrDefault(guest => guest.Id.Equals(id, StringComparison.OrdinalIgnoreCase))
        ?? (id.StartsWith(MediaCatalog.IdPrefix, StringComparison.Ordinal) ? Windows(id, id) : null);

    private static Guest DebianCloud(string version, string release) =>
        new(
            $"debian-{version}-cloud",
            $"Debian {version} generic cloud image, from the vendor",
            GuestFamily.Debian,
            new GuestSource.Vendor(
                new Uri($"https://cloud.debian.org/images/cloud/{release}/latest/"),
                $"debian-{version}-generic-amd64.qcow2",
                "SHA512SUMS"
            )
        );

    private static Guest Windows(string id, string title) =>
        new(id, title, GuestFamily.WindowsServer, new GuestSource.Medium())
        {
            Build = id[MediaCatalog.IdPrefix.Length..] switch
            {
                "2016" => WindowsBuilds.Server2016,
                "2019" => WindowsBuilds.Server2019,
                "2022" => WindowsBuilds.Server2022,
                "2025" => WindowsBuilds.Server2025,
                _ => null,
            },
        };
}
