namespace ContainerHost.Specification;

/// <summary>Where a guest's own medium comes from.</summary>
internal abstract record GuestSource
{
    private GuestSource() { }

    /// <summary>An image that is built here from apt's sources, without a boot loader: its kernel is started directly.</summary>
    /// <param name="Release">The release's code name, such as <c>bookworm</c>.</param>
    public sealed record Apt(string Release) : GuestSource
    {
        /// <summary>What to do on a machine whose keyring is older than the release.</summary>
        public string KeyringAdvice =>
            $"install a debian-archive-keyring that has the keys of {Release} (https://deb.debian.org/debian/pool/main/d/debian-archive-keyring/), or take a vendor's image, such as --guest debian-13-cloud.";
    }

    /// <summary>A vendor's disk image: the folder it is published in, its file name, and the list of digests (SHA-512 or SHA-256) beside it.</summary>
    public sealed record Vendor(Uri Folder, string File, string DigestList) : GuestSource
    {
        public Uri Address => new(Folder, File);
    }

    /// <summary>A disk image of the user's own catalogue, where it is looked up when it is needed.</summary>
    public sealed record Listed : GuestSource;

    /// <summary>An installation medium, by the catalogue of media or the user's own.</summary>
    public sealed record Medium : GuestSource;
}
