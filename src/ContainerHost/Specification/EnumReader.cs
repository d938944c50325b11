namespace ContainerHost.Specification;

/// <summary>Reads the name of one of an enumeration's values, and says which there are when it is another.</summary>
internal static class EnumReader
{
    public static T Read<T>(string parameter, string? text, T fallback, List<string> problems)
        where T : struct, Enum
    {
        if (text is null)
            return fallback;
        var names = Enum.GetNames<T>();
        // Enum.TryParse alone would take numbers and comma lists.
        if (names.Contains(text, StringComparer.OrdinalIgnoreCase))
            return Enum.Parse<T>(text, ignoreCase: true);
        problems.Add(
            $"{parameter} '{text}' is not valid. Allowed: {string.Join(", ", names)}.{Nearest.Hint(text, names)}"
        );
        return fallback;
    }
}
