namespace ContainerHost.Specification;

/// <summary>The guests that <c>--guest</c> may name.</summary>
public static class GuestCatalog
{
    /// <summary>Debian 12, built from the machine's own apt sources; the default on QEMU.</summary>
    public static Guest Debian12 { get; } = new("debian-12", GuestFamily.Debian, "Debian 12, built here from apt");

    /// <summary>Debian 12's generic cloud image, downloaded from the vendor.</summary>
    public static Guest Debian12Cloud { get; } =
        new("debian-12-cloud", GuestFamily.Debian, "Debian 12 generic cloud image, from the vendor");

    /// <summary>All guests that need no catalogue of the user's, the default first.</summary>
    public static IReadOnlyList<Guest> All => With(MediaCatalog.Own);

    /// <summary>The guest of a host for which none was asked for.</summary>
    public static Guest DefaultFor(Provider provider) => provider == Provider.HyperV ? Debian12Cloud : Debian12;

    /// <summary>The guests that there are with a catalogue of media.</summary>
    public static IReadOnlyList<Guest> With(MediaCatalog catalog) =>
        [Debian12, Debian12Cloud, .. catalog.Media.Select(medium => Windows(medium.Guest, medium.Title))];

    /// <summary>The guest with that id (case ignored), or null; an id of a user's catalogue is a Windows guest by its beginning.</summary>
    public static Guest? Find(string id) =>
        All.FirstOrDefault(guest => guest.Id.Equals(id, StringComparison.OrdinalIgnoreCase))
        ?? (id.StartsWith(MediaCatalog.IdPrefix, StringComparison.Ordinal) ? Windows(id, id) : null);

    private static Guest Windows(string id, string title) => new(id, GuestFamily.WindowsServer, title);
}
