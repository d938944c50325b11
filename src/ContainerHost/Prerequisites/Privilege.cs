namespace ContainerHost.Prerequisites;

/// <summary>How this process may act as root without being asked for a password.</summary>
internal enum Privilege
{
    None,
    Sudo,
    Root,
}
