namespace ContainerHost.Hosts.Copying;

/// <summary>What a path leads to. Others are links, devices and sockets, which are not copied.</summary>
internal sealed record CopiedTree(
    TreeKind Kind,
    IReadOnlyList<CopiedFile> Files,
    IReadOnlyList<string> Folders,
    IReadOnlyList<string> Others
);
