namespace ContainerHost.Prerequisites;

/// <summary>How a requirement is met.</summary>
public enum Verdict
{
    /// <summary>It is met.</summary>
    Ok,

    /// <summary>It is not met but does not keep a host from being made, or it could not be checked since another one is missing.</summary>
    Warning,

    /// <summary>It is not met, and no host can be made.</summary>
    Missing,
}
