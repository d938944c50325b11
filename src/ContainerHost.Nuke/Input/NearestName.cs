namespace ContainerHost.Targets.Input;

/// <summary>Finds what somebody probably meant.</summary>
internal static class NearestName
{
    /// <summary>" Did you mean 'x'?" for the nearest name, or an empty text when none is near.</summary>
    public static string Hint(string typed, IEnumerable<string> names)
    {
        var nearest = names.Select(name => (Name: name, Distance: Distance(typed, name))).MinBy(pair => pair.Distance);
        var isNear = nearest.Name is not null && nearest.Distance <= Math.Max(1, Math.Min(3, typed.Length / 2));
        return isNear ? $" Did you mean '{nearest.Name}'?" : "";
    }

    // The optimal string alignment distance, case ignored: two letters swapped are one slip of the fingers.
    private static int Distance(string a, string b)
    {
        var distance = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            distance[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            distance[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        for (var j = 1; j <= b.Length; j++)
        {
            var change = distance[i - 1, j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
            distance[i, j] = Math.Min(change, 1 + Math.Min(distance[i - 1, j], distance[i, j - 1]));
            if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
        }
        return distance[a.Length, b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
