namespace ContainerHost.Hosts.Life;

/// <summary>Files that others append to, those that come later included; of several each is named before its lines, as tail(1) names them.</summary>
internal sealed class FollowedFiles(Func<IEnumerable<string>> list, int? last = null, bool isNamed = false)
{
    private readonly Dictionary<string, FollowedFile> _files = [];
    private string? _told;
    private bool _hasLooked;

    /// <summary>The lines that came since the last call; at the <paramref name="end"/> what did not end, too.</summary>
    public IReadOnlyList<string> Read(bool end = false)
    {
        var lines = new List<string>();
        foreach (var path in list())
        {
            if (!_files.TryGetValue(path, out var file))
                // One that comes later is read from its beginning.
                _files[path] = file = new FollowedFile(path, _hasLooked ? FollowedFile.All : last);
            var come = file.Read();
            if (end && file.End() is { Length: > 0 } rest)
                come = [.. come, rest];
            if (isNamed && come.Count > 0 && _told != path)
                lines.Add($"==> {Path.GetFileName(path)} <==");
            if (come.Count > 0)
                _told = path;
            lines.AddRange(come);
        }
        _hasLooked = true;
        return lines;
    }
}
