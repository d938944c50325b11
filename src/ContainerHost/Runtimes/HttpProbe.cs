using System.Globalization;
using System.Text.RegularExpressions;

namespace ContainerHost.Runtimes;

/// <summary>A question by HTTP to a port of a container, asked from its guest until it is answered by a status from 200 to 299 or time is up.</summary>
internal sealed partial record HttpProbe(int Port, string Path, double Seconds)
{
    /// <summary>Reads <c>http://:PORT/PATH</c>.</summary>
    public static bool TryParse(string text, TimeSpan limit, out HttpProbe? probe)
    {
        var match = Pattern().Match(text);
        var port = match.Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        probe = port is > 0 and <= 65535
            ? new HttpProbe(port, match.Groups[2] is { Length: > 0 } path ? path.Value : "/", limit.TotalSeconds)
            : null;
        return probe is not null;
    }

    /// <summary>As it was typed.</summary>
    public override string ToString() => $"http://:{Port}{Path}";

    // Only what may stand in the first line of a request.
    [GeneratedRegex(@"^http://:([0-9]{1,5})(/[!-~]*)?\z", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
