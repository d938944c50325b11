namespace ContainerHost.Specification;

/// <summary>How long something is kept: a <see cref="TimeLimit"/>, or <c>none</c> for good, which is null.</summary>
internal static class Lifetime
{
    /// <summary>Reads it, case ignored; false for anything else.</summary>
    public static bool TryParse(string text, out TimeSpan? lifetime)
    {
        lifetime = TimeLimit.TryParse(text, out var limit) ? limit : null;
        return lifetime is not null || text.Equals("none", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>When what is made or kept on now ends by a request; null where it says so or, with no earlier end, says nothing.</summary>
    public static DateTimeOffset? EndOf(HostRequest request, DateTimeOffset? had, DateTimeOffset now) =>
        request["lifetime"] is { } text && TryParse(text, out var lifetime) ? now + lifetime : had;
}
