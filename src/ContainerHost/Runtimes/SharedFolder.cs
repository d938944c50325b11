namespace ContainerHost.Runtimes;

/// <summary>A folder of the guest seen in a container at <paramref name="Target"/>.</summary>
public sealed record SharedFolder(string Source, string Target, bool ReadOnly);
