using System.Globalization;

namespace ContainerHost.Specification;

/// <summary>Times as users write them: 90s, 45m, 2h.</summary>
public static class TimeLimit
{
    /// <summary>Reads a whole number of seconds, minutes or hours, at least one and at most a week; false for anything else.</summary>
    public static bool TryParse(string? text, out TimeSpan limit)
    {
        limit = default;
        if (
            text is not { Length: > 1 }
            || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        )
            return false;
        var seconds = char.ToLowerInvariant(text[^1]) switch
        {
            's' => count,
            'm' => count * 60L,
            'h' => count * 3600L,
            _ => 0L,
        };
        if (seconds <= 0 || seconds > 7 * 24 * 3600)
            return false;
        limit = TimeSpan.FromSeconds(seconds);
        return true;
    }
}
