using System.Diagnostics.CodeAnalysis;
using Semver;

namespace ContainerHost.Specification;

/// <summary>
/// Which version is wanted: <c>latest</c>, a version (<c>2.1.4</c>) or a range as npm writes them (<c>2.1</c>, <c>^2.0.5</c>,
/// <c>&gt;=1.7 &lt;2</c>). Pre-releases are taken only where the wish names one (<c>2.2.0-rc.1</c>).
/// </summary>
internal sealed record VersionWish
{
    private readonly string _text;
    private readonly SemVersionRange _range;

    private VersionWish(string text, SemVersionRange range)
    {
        _text = text;
        _range = range;
    }

    public static VersionWish Latest { get; } = new("latest", SemVersionRange.AllRelease);

    public static bool TryParse(string text, [NotNullWhen(true)] out VersionWish? wish)
    {
        wish = null;
        if (text.Equals("latest", StringComparison.OrdinalIgnoreCase))
            wish = Latest;
        // An empty range would be "anything", which nobody types on purpose.
        else if (!string.IsNullOrWhiteSpace(text) && SemVersionRange.TryParseNpm(text.Trim(), out var range))
            wish = new VersionWish(text.Trim(), range);
        return wish is not null;
    }

    public bool Allows(SemVersion version) => _range.Contains(version);

    public override string ToString() => _text;
}
