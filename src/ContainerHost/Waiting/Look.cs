namespace ContainerHost.Waiting;

/// <summary>One look at what is awaited: found, with its value, or what was seen instead.</summary>
public readonly record struct Look<T>(bool Found, T? Value, string Seen);
