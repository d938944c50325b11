namespace ContainerHost.Targets.Completion;

/// <summary>A parameter as it is typed, with the values to choose from; empty where anything goes.</summary>
internal sealed record CompletedParameter(
    string Dashed,
    string Description,
    bool IsSwitch,
    IReadOnlyList<string> Values
)
{
    /// <summary>True for the one that takes the name of a host.</summary>
    public bool IsHost => Dashed == "--name";
}
