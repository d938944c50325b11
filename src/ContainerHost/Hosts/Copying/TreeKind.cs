namespace ContainerHost.Hosts.Copying;

/// <summary>What a path leads to.</summary>
internal enum TreeKind
{
    None,
    File,
    Folder,
    Other,
}
