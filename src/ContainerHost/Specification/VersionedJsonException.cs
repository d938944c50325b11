namespace ContainerHost.Specification;

/// <summary>A file is none of ours; the message completes "The file ...".</summary>
internal sealed class VersionedJsonException(string why, bool isNewer = false) : Exception(why)
{
    /// <summary>True when a newer version of the product wrote it, so that nothing is wrong with it.</summary>
    public bool IsNewer { get; } = isNewer;
}
