namespace ContainerHost.Waiting;

/// <summary>One look at what is awaited: found, with its value, or what was seen instead.</summary>
internal readonly record struct Look<T>(bool Found, T? Value, string Seen);

internal static class Looks
{
    public static Look<T> Found<T>(T value) => new(true, value, "");

    /// <summary>Not yet; <paramref name="seen"/> goes into the error when the deadline passes.</summary>
    public static Look<T> NotYet<T>(string seen) => new(false, default, seen);
}
