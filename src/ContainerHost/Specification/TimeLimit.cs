using System.Globalization;
using System.Text.RegularExpressions;

namespace ContainerHost.Specification;

/// <summary>Times as users write them: 90s, 45m, 1h30m.</summary>
public static partial class TimeLimit
{
    /// <summary>Reads hours, minutes and seconds in this order, each a whole number with its letter (case ignored), together at least a second and at most a week; false for anything else.</summary>
    public static bool TryParse(string? text, out TimeSpan limit)
    {
        limit = default;
        var match = Pattern().Match(text ?? "");
        var seconds = match.Groups.Values.Skip(1).Zip(Factors, (part, factor) => Count(part) * factor).Sum();
        if (!match.Success || seconds <= 0 || seconds > 7 * 24 * 3600)
            return false;
        limit = TimeSpan.FromSeconds(seconds);
        return true;
    }

    private static readonly long[] Factors = [3600, 60, 1];

    private static long Count(Group part) =>
        part.Success ? long.Parse(part.Value, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    // Nine digits are more than a week in any unit.
    [GeneratedRegex(@"^(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?\z", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
