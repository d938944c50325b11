using ContainerHost.Specification;

namespace ContainerHost.Hosts.Pruning;

/// <summary>What Prune did, or would do, in lines for people.</summary>
public static class PruneText
{
    /// <summary>A line an item, then the sums.</summary>
    public static IEnumerable<string> Of(PruneReport report)
    {
        foreach (var item in report.Items)
            yield return Line(item, report.Removed);
        foreach (var unknown in report.Unknown)
            yield return $"only leftovers go, for {unknown}";
        yield return $"{report.Cache} {(report.Removed ? "took" : "takes")} {Size(report.Bytes)} of {Size(report.Limit)} at most; "
            + $"{Size(report.ItemBytes)} {(report.Removed ? "are removed" : "would go")}";
    }

    private static string Line(PrunedItem item, bool removed)
    {
        var did =
            item.Problem is { } problem ? $"stays ({problem})"
            : item.ProcessId is { } process
                ? $"{(removed ? "ended" : "would be ended")}: process {process}, whose folder was deleted"
            : removed ? "removed"
            : "would go";
        var about = item.LastUse is { } used ? $", {Size(item.Bytes)}, last used {used:yyyy-MM-dd HH:mm}" : "";
        return $"{item.Kind} {item.Path}{about}: {did}";
    }

    private static string Size(long bytes) => new ByteSize(bytes).ToHumanString();
}
