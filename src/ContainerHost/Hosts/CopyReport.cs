namespace ContainerHost.Hosts;

/// <summary>What was copied between a host and this machine.</summary>
/// <param name="To">Where the file or folder is now; a path here or in the guest.</param>
/// <param name="Files">How many files were copied.</param>
/// <param name="Bytes">How many bytes these have.</param>
/// <param name="Unchanged">How many files were there already, with the same SHA-256.</param>
/// <param name="Others">Links, devices and sockets, which are not copied, by their paths below the folder.</param>
public sealed record CopyReport(string To, int Files, long Bytes, int Unchanged, IReadOnlyList<string> Others);
