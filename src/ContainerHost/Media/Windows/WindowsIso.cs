using ContainerHost.Media.Wims;

namespace ContainerHost.Media.Windows;

/// <summary>What an installation medium of Windows holds: the path of its WIM file on the medium, and the images in it.</summary>
internal sealed record WindowsIso(string WimPath, IReadOnlyList<WimImage> Images);
