namespace ContainerHost.Media.DebianImage;

/// <summary>One source of apt's (sources.list(5)): options as written between brackets, address, suite and components, separated by blanks.</summary>
internal sealed record AptSource(string Options, string Uri, string Suite, string Components)
{
    /// <summary>As a line of sources.list.</summary>
    public override string ToString() => $"deb {(Options.Length > 0 ? $"[{Options}] " : "")}{Uri} {Suite} {Components}";

    /// <summary>The name under which apt keeps this source's signed index (its folder lists).</summary>
    public string IndexFile =>
        $"{Uri[(Uri.IndexOf("://", StringComparison.Ordinal) + 3)..].TrimEnd('/').Replace('/', '_')}_dists_{Suite.Replace('/', '_')}_InRelease";
}
