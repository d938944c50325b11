namespace ContainerHost.Prerequisites;

/// <summary>How this process may act as root.</summary>
internal enum Privilege
{
    /// <summary>Not at all without being asked for a password.</summary>
    None,

    /// <summary>Through sudo, without a password.</summary>
    Sudo,

    /// <summary>It is root.</summary>
    Root,
}
