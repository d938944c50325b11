using System.Text;

namespace ContainerHost.Media.DebianImage;

/// <summary>One source of apt's (sources.list(5)): options as written between brackets, address, suite and components, separated by blanks.</summary>
internal sealed record AptSource(string Options, string Uri, string Suite, string Components)
{
    // What apt writes as %xx beside all that cannot be printed (URItoFileName in apt-pkg/contrib/strutl.cc).
    private const string Quoted = "\\|{}[]<>\"^~_=!@#$%^&*";

    /// <summary>As a line of sources.list.</summary>
    public override string ToString() => $"deb {(Options.Length > 0 ? $"[{Options}] " : "")}{Uri} {Suite} {Components}";

    /// <summary>The name under which apt keeps this source's signed index (its folder lists).</summary>
    public string IndexFile => Escape($"{Place}/dists/{Suite}/InRelease");

    /// <summary>True when the address looks as those of Debian's archive and its mirrors do.</summary>
    public bool LooksLikeDebian =>
        Place.EndsWith("/debian", StringComparison.Ordinal)
        || Place.EndsWith("/debian-security", StringComparison.Ordinal);

    // Host and path: no scheme, no credentials.
    private string Place
    {
        get
        {
            var start = Uri.IndexOf("://", StringComparison.Ordinal);
            var place = (
                start < 0 ? Uri[(Uri.IndexOf(':', StringComparison.Ordinal) + 1)..] : Uri[(start + 3)..]
            ).TrimEnd('/');
            var host = place.Split('/')[0];
            return place[(host.LastIndexOf('@') + 1)..];
        }
    }

    private static string Escape(string place)
    {
        var name = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(place))
        {
            var c = (char)value;
            if (value is <= 0x20 or >= 0x7f || Quoted.Contains(c, StringComparison.Ordinal))
                name.Append('%').Append(value.ToString("x2", null));
            else
                name.Append(c == '/' ? '_' : c);
        }
        return name.ToString();
    }
}
