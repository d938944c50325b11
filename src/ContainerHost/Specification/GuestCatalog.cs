namespace ContainerHost.Specification;

/// <summary>The guests that <c>--guest</c> may name.</summary>
public static class GuestCatalog
{
    /// <summary>Debian 12, built from the machine's own apt sources; the default on QEMU.</summary>
    public static Guest Debian12 { get; } = new("debian-12", GuestFamily.Debian, "Debian 12, built here from apt");

    /// <summary>Debian 12's generic cloud image, downloaded from the vendor.</summary>
    public static Guest Debian12Cloud { get; } =
        new("debian-12-cloud", GuestFamily.Debian, "Debian 12 generic cloud image, from the vendor");

    /// <summary>All guests, the default first.</summary>
    public static IReadOnlyList<Guest> All { get; } = [Debian12, Debian12Cloud];

    /// <summary>The guest of a host for which none was asked for.</summary>
    public static Guest DefaultFor(Provider provider) => provider == Provider.HyperV ? Debian12Cloud : Debian12;

    /// <summary>The guest with that id (case ignored), or null.</summary>
    public static Guest? Find(string id) =>
        All.FirstOrDefault(guest => guest.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}
