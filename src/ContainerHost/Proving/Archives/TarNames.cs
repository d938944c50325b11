namespace ContainerHost.Proving.Archives;

/// <summary>Names of entries in archives.</summary>
internal static class TarNames
{
    /// <summary>The name without what says nothing, such as <c>./</c>; null for one that leads out of the folder it is unpacked in.</summary>
    /// <param name="name">As it stands in the archive.</param>
    /// <param name="resolve">Whether <c>..</c> may stand in it, as in a link to a neighbour.</param>
    public static string? Clean(string name, bool resolve = false)
    {
        if (
            name.StartsWith('/')
            || name.Contains('\0', StringComparison.Ordinal)
            || name.Contains('\\', StringComparison.Ordinal)
        )
            return null;
        var parts = new List<string>();
        foreach (var part in name.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
                parts.Add(part);
            else if (resolve && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else
                return null;
        }
        return string.Join('/', parts);
    }
}
