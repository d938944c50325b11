namespace ContainerHost.Waiting;

/// <summary>Makes looks.</summary>
public static class Looks
{
    /// <summary>The wait is over.</summary>
    public static Look<T> Found<T>(T value) => new(true, value, "");

    /// <summary>Not yet; <paramref name="seen"/> goes into the error when the deadline passes.</summary>
    public static Look<T> NotYet<T>(string seen) => new(false, default, seen);
}
