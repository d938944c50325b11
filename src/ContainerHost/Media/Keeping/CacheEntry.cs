namespace ContainerHost.Media.Keeping;

/// <summary>Something that the cache keeps, or that was left in it.</summary>
/// <param name="Kind">What it is, in a word.</param>
/// <param name="Path">The absolute path of its folder or file.</param>
/// <param name="Key">The digest or fingerprint that it is known by; whoever uses it names it.</param>
/// <param name="Lock">The name of the lock that whoever makes it holds.</param>
/// <param name="Bytes">The room that it takes.</param>
/// <param name="LastUse">When it was last asked for, UTC.</param>
internal sealed record CacheEntry(string Kind, string Path, string Key, string Lock, long Bytes, DateTime LastUse)
{
    /// <summary>True for a package, which no machine has open and which is fetched anew by its digest.</summary>
    public bool IsPackage => Directory.Exists(Path) && Directory.EnumerateFiles(Path, "*.deb").Any();
}
