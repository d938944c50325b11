using System.Text;

namespace Nuke.Common.ValueInjection;

/// <summary>Names on the command line: "DiskSize" is "disk-size" there, and any spelling finds it.</summary>
internal static class KebabCase
{
    public static string From(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord =
                i > 0
                && char.IsUpper(name[i])
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
                text.Append('-');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }

    public static bool Same(string left, string right) =>
        string.Equals(Plain(left), Plain(right), StringComparison.OrdinalIgnoreCase);

    /// <summary>The letters and digits alone, which is what names are compared by.</summary>
    public static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit));
}
